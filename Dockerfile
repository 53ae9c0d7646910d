# kyket for batches; docs/batch.md says how to build and run it.

ARG EXTRAS=docs,batch

FROM python:3.12-slim AS build
ARG EXTRAS
WORKDIR /src
# What kyket needs comes first: it changes less often than the sources.
COPY pyproject.toml ./
RUN python -c "import os, tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
extras = [line for name in os.environ['EXTRAS'].split(',') for line in p['optional-dependencies'][name]]; \
print(*p['dependencies'], *(line for line in extras if not line.startswith('kyket[')), sep='\n')" \
    > requirements.txt \
    && pip wheel --no-cache-dir --wheel-dir /wheels --requirement requirements.txt
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ARG EXTRAS
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "kyket[${EXTRAS}]" \
    && useradd --no-create-home --uid 10001 kyket \
    && install --directory --owner kyket /data
USER kyket
WORKDIR /data
ENTRYPOINT ["kyket"]
CMD ["--help"]
