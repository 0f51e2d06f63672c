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
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:5000/healthz', timeout=3)"]
# What follows the image's name goes to the server, such as --access-log.
ENTRYPOINT ["python", "server.py", "--host", "0.0.0.0", "--port", "5000"]
