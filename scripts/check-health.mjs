// The image's HEALTHCHECK: fails unless GET /api/ready responds with 200. A process that only works has it on the metrics port.
const { DAAI_WORKER, DAAI_METRICS_PORT, PORT } = process.env;
const port = DAAI_WORKER === "only" ? DAAI_METRICS_PORT : PORT || "3000";
const response = await fetch(`http://127.0.0.1:${port}/api/ready`, { signal: AbortSignal.timeout(4000) });
// Docker shows it with `docker inspect`.
console.log(await response.text());
process.exitCode = response.ok ? 0 : 1;
