import { expect, it } from "vitest";
import { readClientLine } from "../src/messages";

const CALL = '"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":1}}';
const textsOf = (text: string) => readClientLine(text)?.map((line) => line.text);
const flawsOf = (text: string) => readClientLine(text)?.map(({ flaw }) => flaw);

it("has nothing in it at which a reader could break the line", () => {
  expect(textsOf(`{"id":1,"method":"ping","params":{"a":\r{${CALL}}\r,"b":"\u0085\u2028\u2029","n":1.0}}`)).toEqual([
    `{"id":1,"method":"ping","params":{"a": {${CALL}} ,"b":"\\u0085\\u2028\\u2029","n":1.0}}`,
  ]);
  expect(textsOf('{"jsonrpc":"2.0","id":1,"method":"tools/call",\r"params":{"name":"\u2028"}}')).toEqual([
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\\u2028"}}',
  ]);
  expect(textsOf('[{"id":1,"method":"a","params":["\u2028"]}]')).toEqual(['{"id":1,"method":"a","params":["\\u2028"]}']);
});

it("is a call written anew", () => {
  expect(textsOf(`{ ${CALL.replace('"name"', '"\\u006eame"')} }`)).toEqual([`{${CALL}}`]);
  expect(flawsOf(`{${CALL}}`)).toEqual([null]);
});

it.each([
  `{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call"}`,
  `{"jsonrpc":"2.0","id":1,"method":"ping","method\\u0000":"tools/call"}`,
  `{"jsonrpc":"2.0","id":1,"method":"ping","paramſ":{}}`,
  `{"jsonrpc":"2.0","id":1,"method":"ping","__proto__":{"method":"tools/call"}}`,
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"ping"}`,
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":1,"a":2}}`,
  `{"jsonrpc":"2.0","id":1,"method":"Tools/Call"}`,
  `{"jsonrpc":"2.0","id":1,"method":"tools/call\\u0000"}`,
  `{"jsonrpc":"2.0","id":1,"method":["tools/call"]}`,
  `{${CALL},"Params":{}}`,
  `{${CALL.replace('"name"', '"Name":"steal","name"')}}`,
  `{${CALL.replace('"name"', '"__proto__":{},"name"')}}`,
  `{${CALL.replace('"name"', '"Arguments":{},"name"')}}`,
  `{${CALL.replace('"amount":1', '"amount":1,"Amount":1000')}}`,
  `{${CALL.replace('"amount":1', '"a":[{"K":1,"\u212a":2}]')}}`,
  `{${CALL.replace('"amount":1', '"amount":12345678901234567890')}}`,
])("can be read in several ways: %s", (text) => {
  expect(flawsOf(text)).toEqual([expect.any(String)]);
});

it("may have numbers and names that the console doesn't take, where nothing is proposed", () => {
  const text = '{"jsonrpc":"2.0","id":1,"result":{"constructor":12345678901234567890}}';
  expect(readClientLine(text)).toMatchObject([{ text, flaw: null }]);
});
