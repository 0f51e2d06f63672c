# docker build -t digitpad .
# docker run -p 5000:5000 digitpad

# Builds the page as `make site` does; Node comes with it, and stays behind.
FROM python:3.13-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /digitpad
COPY Makefile package.json package-lock.json .npmrc requirements.txt constraints.txt ./
COPY .setup .setup
COPY webapp webapp
RUN make site

# Serves it: Python, what requirements.txt names, one script and the built files.
FROM python:3.13-alpine3.22
WORKDIR /digitpad
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir -r requirements.txt -c constraints.txt
COPY server.py ./
COPY --from=build /digitpad/webapp/dist webapp/dist
# A number, so that Kubernetes sees that it is not root.
USER 10001:10001
EXPOSE 5000
# By http, or by https where it has a certificate.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import contextlib, http.client as h, ssl\nt = ssl.create_default_context()\nt.check_hostname = False\nt.verify_mode = ssl.CERT_NONE\nfor c in (h.HTTPConnection('127.0.0.1', 5000, timeout=2), h.HTTPSConnection('127.0.0.1', 5000, timeout=2, context=t)):\n\twith contextlib.suppress(OSError, h.HTTPException):\n\t\tc.request('GET', '/healthz')\n\t\texit(c.getresponse().status != 200)\nexit(1)"]
# What follows the image's name goes to the server: --access-log, or --cert and --key with files that are mounted.
ENTRYPOINT ["python", "server.py", "--host", "0.0.0.0", "--port", "5000"]
