# kyket for batches; docs/batch.md says how to build and run it.

FROM python:3.12-slim AS build
WORKDIR /src
# What kyket needs comes first: it changes less often than the sources.
COPY pyproject.toml ./
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
print(*p['dependencies'], *p['optional-dependencies']['docs'], *p['optional-dependencies']['batch'], sep='\n')" \
    > requirements.txt \
    && pip wheel --no-cache-dir --wheel-dir /wheels --requirement requirements.txt
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "kyket[docs,batch]" \
    && useradd --no-create-home --uid 10001 kyket \
    && install --directory --owner kyket /data
USER kyket
WORKDIR /data
ENTRYPOINT ["kyket"]
CMD ["--help"]
