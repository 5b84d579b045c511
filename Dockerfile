# Faultline with a Java runtime of its own, as `mvn -Pdist package` makes it.
#   docker build -t faultline .
#   docker run --rm -v "$PWD:/work" faultline validate my-experiment.yaml
FROM eclipse-temurin:25-jdk-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends binutils maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN JAVA_HOME=/opt/java/openjdk mvn -B -ntp -q -Pdist package && mkdir /faultline \
    && tar -xzf dist/faultline-*-linux-*.tar.gz -C /faultline --strip-components 1

FROM ubuntu:noble
# What a lab fetches and unpacks for itself needs certificates and xz.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates xz-utils && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 faultline
COPY --from=build /faultline /opt/faultline
RUN ln -s /opt/faultline/bin/faultline /usr/local/bin/faultline && mkdir /work && chown faultline /work
USER faultline
WORKDIR /work
ENTRYPOINT ["faultline"]
