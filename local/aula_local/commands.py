"""Every command line that the tool runs, and the names of what it runs: the one place to change them.

Lists run in the checkout's root with the tools found (JAVA_HOME, PATH). `java` and `mvn` mean the found ones.
"""

from __future__ import annotations

from .paths import ROOT

# One for each domain of the contract that has a gRPC service; read from the sources, since a fresh clone has no build.
SERVICES = sorted({file.parts[-3] for file in ROOT.glob("proto/aula/*/v1/*_service.proto")})

# What the build must be newer than, and the jars that it leaves.
SOURCES = ["pom.xml", "proto", "services", "bff-graphql", "liquibase", "envoy", "local/pom.xml", "local/src"]
JARS = ["local/target/lib", "local/target"]
BUILD = ["mvn", "-B", "package", "-DskipTests"]

# `{jars}` becomes the class path: of `make run` a copy of the jars, so that a build does not disturb what runs.
JAVA = ["java", "@local/jvm.options", "-cp", "{jars}"]
MESH = [*JAVA, "org.aula.local.Mesh"]
# Each by its own main class, as deployments run them: `make run ONLY=auth,users`.
ALONE = {name: [*JAVA, f"org.aula.{name}.{name.capitalize()}"] for name in [*SERVICES, "bff"]}
MIGRATE = [*JAVA, "org.aula.migrate.Migrate"]  # STORE= becomes --store=…
REPLAY = [*JAVA, "org.aula.local.Replay"]
ROTATE_KEYS = [*JAVA, "org.aula.auth.RotateKeys"]
REBUILD_LEADERBOARDS = [*JAVA, "org.aula.grades.RebuildLeaderboards"]
RECOMPUTE = [*JAVA, "org.aula.enrollments.Recompute"]
# Of the services whose lists are ordered by names.
RECOMPUTE_SORT_KEYS = [*JAVA, "org.aula.kernel.sort.RecomputeSortKeys", "courses", "users"]
DEMO = ["node", "local/demo/demo.mjs"]  # COURSE= becomes --course=…

# The GraphQL schema as one document; the build must be there.
SCHEMA_FILE = "bff-graphql/target/schema.graphqls"
SCHEMA = [*JAVA, "org.aula.bff.PrintSchema", SCHEMA_FILE]

ENVOY_TEMPLATE = "envoy/target/envoy.yaml"

# Formatting, then everything that the build itself checks: policy, Error Prone, NullAway, the contract's lint and
# breaking changes, Envoy's own opinion of its configuration, and breaking changes of the GraphQL schema.
CHECK = [
    ["mvn", "-B", "-q", "spotless:check"],
    ["mvn", "-B", "-q", "verify", "-DskipTests"],
    ["mvn", "-B", "-q", "test", "-pl", "envoy", "-am", "-Dtest=EnvoyValidateTest", "-Dsurefire.failIfNoSpecifiedTests=false"],
    SCHEMA,
    ["local/inspector/compare.sh", SCHEMA_FILE],
]
PROTO = [["mvn", "-B", "-q", "verify", "-DskipTests", "-pl", "proto"]]
# The schema is part of what is released, so everything is built.
RELEASE_CONTRACT = [*PROTO, BUILD, SCHEMA, ["local/inspector/compare.sh", SCHEMA_FILE], ["proto/release.sh", SCHEMA_FILE]]

# From inside the folder: npm's --prefix would also look for npm's own settings there.
TYPESCRIPT = [["sh", "-c", "cd clients/typescript && npm ci --no-audit --no-fund --loglevel error && npm run --silent build"]]

# Tests of the tool itself run first: when it does not work, nothing after it does.
TEST_LOCAL = [["python3", "-m", "unittest", "discover", "-s", "local/tests", "-t", "local"], ["bench/bench", "test"]]
# A module's tests run in two JVMs: one waits as long as it works.
TEST_FORKS = 2
TEST = [["mvn", "-B", "-fae", f"-Dtest.forks={TEST_FORKS}", "test"]]
# Last, with engines of its own: peers in other languages answer as the services do.
TEST_BENCH = ["bench/bench", "smoke", "--where-possible"]
TEST_NPM = [["sh", "-c", "cd clients/typescript && npm test --silent"]]

# Calls to paste, printed by `make run`.
SAMPLE_QUERY = "{ courses(first: 5) { edges { node { title instructor { displayName } } } } }"
SAMPLE_LOGIN = "mutation($i: LoginInput!) { login(input: $i) { tokens { accessToken } userErrors { message } } }"
