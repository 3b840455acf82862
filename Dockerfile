# The station's image: web, worker, beat and migrations are the same image with different commands (docker-compose.yml).

FROM python:3.13-slim-bookworm AS build
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /station
COPY bin/uv.version bin/
RUN pip install --quiet --no-cache-dir "uv==$(cat bin/uv.version)"
COPY requirements-run.lock ./
RUN uv venv /venv && uv pip sync --quiet --python /venv/bin/python --require-hashes requirements-run.lock
COPY . .
# The values only let the settings load; nothing of them stays in the image.
RUN STATION_MODE=production SECRET_KEY=only-for-building ENCRYPTION_KEYS=only-for-building-so-nothing-was-ever-locked-with-it \
    SITE_URL=https://build.example EMAIL_URL=smtp://build.example DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    STATIC_ROOT=/static \
    /venv/bin/python manage.py collectstatic --no-input --verbosity=0

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin station \
    && install --directory --owner=station --group=station /media /private
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /station /station
WORKDIR /station
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATION_MODE=production STATIC_ROOT=/static MEDIA_ROOT=/media PRIVATE_ROOT=/private WEB_ACCESS_LOG=-
USER station
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "learning_station.wsgi"]
