import { expect, it } from "vitest";
import { replyToChanged } from "../src/changed-call";

const change = { arguments: {}, explanation: 'Changed amount to "3".' };
const told = String.raw`{"type":"text","text":"Changed amount to \"3\"."}`;

it.each([
  ["before what the server wrote", '{"content":[{"type":"text","text":"paid"}]}', `{"content":[${told},{"type":"text","text":"paid"}]}`],
  ["alone", '{"content":[ ]}', `{"content":[${told} ]}`],
  [
    "beside numbers that a double can't hold, as they are",
    '{"content":[{"a":"]}"}],"structuredContent":{"id":12345678901234567890, "x":1.0}}',
    `{"content":[${told},{"a":"]}"}],"structuredContent":{"id":12345678901234567890, "x":1.0}}`,
  ],
  ["where there is no content", '{"structuredContent":{"id":1}}', `{"structuredContent":{"id":1},"content":[${told}]}`],
  ["not in a question to the client", '{"resultType":"input_required"}', '{"resultType":"input_required"}'],
  ["not in content of another kind", '{"content":"paid"}', '{"content":"paid"}'],
])("a changed call's result says so: %s", (_title, given, expected) => {
  const reply = (result: string) => `{"jsonrpc":"2.0","id":"1","result":${result}}`;
  expect(replyToChanged(reply(given), change)).toBe(reply(expected));
});

it("a changed call's error says so", () => {
  const reply = (message: string) => ({ jsonrpc: "2.0", id: 1, error: { code: -32_603, message, data: [1] } });
  expect(JSON.parse(replyToChanged(JSON.stringify(reply("No.")), change))).toEqual(reply('Changed amount to "3". No.'));
});
