# The console in one image: docker build -t daai-console .
# Settings come from the environment (.env.example); DAAI_WORKER says whether a container serves, works or both.

FROM node:24-bookworm-slim AS build
WORKDIR /console
# Installed again only when they change.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
RUN npm run build -- --to /packed

# Nothing that builds is in it: neither npm nor the compiler nor the sources.
FROM debian:bookworm-slim
RUN useradd --uid 1000 --no-create-home --home-dir /data --shell /usr/sbin/nologin console \
  && install --directory --owner=console --group=console --mode=0700 /data
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /packed /console
RUN ln -s /console/scripts/admin.mjs /usr/local/bin/admin
WORKDIR /console
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DAAI_DATA_DIR=/data DAAI_METRICS_PORT=9464
# A number, so that Kubernetes can see that it isn't root.
USER 1000:1000
# The embedded database and the secrets, unless the settings name a database and have them. /tmp is all else that's written.
VOLUME /data
EXPOSE 3000 9464
# The first start of the embedded database takes some seconds, and a large migration longer.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --start-interval=1s --retries=3 CMD ["node", "scripts/check-health.mjs"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "scripts/start.mjs"]
