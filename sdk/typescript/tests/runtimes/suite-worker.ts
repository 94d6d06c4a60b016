// Plays the suite of a request, in a worker: responds with the report.

import { playSuite, type Suite } from "./play-suite";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await playSuite((await request.json()) as Suite));
  },
};
