import { rmSync } from "node:fs";
import { afterAll, test } from "vitest";
import { playPage } from "./adapter-page";
import { programFolder } from "./bundle";

const MY_APP = `
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";

export const refundOrder = (order, amount) => {
  console.log("refunded", order, amount);
  return "refunded " + amount;
};

class Scripted extends BaseChatModel {
  _llmType() {
    return "scripted";
  }

  bindTools() {
    return this;
  }

  async _generate(messages) {
    const last = messages.at(-1);
    const isTold = ToolMessage.isInstance(last);
    if (isTold) console.log("told", JSON.stringify(last.content));
    const call = { type: "tool_call", id: "call_" + crypto.randomUUID(), name: "refund", args: { order: "SO-88214", amount: 1840 } };
    const message = new AIMessage(isTold ? "done" : { content: "", tool_calls: [call] });
    return { generations: [{ text: "", message }] };
  }
}

class FileSaver extends MemorySaver {
  constructor() {
    super();
    if (existsSync("checkpoints")) Object.assign(this, deserialize(readFileSync("checkpoints")));
  }

  store(result) {
    const { storage, writes } = this;
    writeFileSync("checkpoints", serialize({ storage, writes }));
    return result;
  }

  async put(...given) {
    return this.store(await super.put(...given));
  }

  async putWrites(...given) {
    return this.store(await super.putWrites(...given));
  }
}

export const model = new Scripted({});
export const checkpointer = new FileSaver();
`;

const folder = programFolder("langgraph");
afterAll(() => rmSync(folder, { recursive: true }));

/** Has a program use the graph of one's own, in a thread of its own. */
const ofGraph = (code: string) =>
  code
    .replace(/import \{ agent, (.*) \} from ".\/agent"/, 'import { agent } from "./graph";\nimport { $1 } from "./agent"')
    .replace("ticket-88214", "ticket-88215");

test("the page about LangChain and LangGraph for JavaScript does what it says", async () => {
  const packages = ["langchain", "@langchain/core", "@langchain/langgraph"];
  await playPage({ page: "langgraph-js", myApp: MY_APP, packages, folder, edit: ofGraph });
}, 240_000);
