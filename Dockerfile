# The simulator with the two commands of the README: `docker run IMAGE` plays the main job, `docker run IMAGE make test` the tests.
FROM python:3.11-slim-bookworm

# git and make of Debian's release: it keeps one version of each, so a pinned one would soon be gone.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 simulator
WORKDIR /srv/simulator
RUN chown simulator /srv/simulator
USER 1000

# Libraries first: they change less often than the code.
COPY --chown=simulator requirements.txt requirements-dev.txt pyproject.toml Makefile README.md LICENSE ./
COPY --chown=simulator tools ./tools
COPY --chown=simulator configs ./configs
COPY --chown=simulator simulator ./simulator
RUN make .venv/.run
COPY --chown=simulator . .

ENV PATH="/srv/simulator/.venv/bin:${PATH}"
CMD ["make", "run"]
