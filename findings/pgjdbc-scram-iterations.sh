#!/usr/bin/env bash
# The server asks for dearer verifiers of passwords; the driver that makes one does not look.
. "$(dirname "$0")/lib.sh"
postgres -c scram_iterations=10000 --locale=C.UTF-8
maven org.postgresql:postgresql:42.7.14
finding "pgjdbc" 42.7.14 "PGConnection.alterUserPassword, which asks the server how passwords are kept, keeps to its scram_iterations too"

sql "CREATE ROLE by_server PASSWORD 'correct horse'; CREATE ROLE by_driver"
java_source Password "jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres" <<'JAVA'
import java.sql.DriverManager;

public class Password {
    public static void main(String[] args) throws Exception {
        try (var connection = DriverManager.getConnection(args[0])) {
            connection.unwrap(org.postgresql.PGConnection.class)
                    .alterUserPassword("by_driver", "correct horse".toCharArray(), null);
        }
    }
}
JAVA
verifier() { sql "SELECT substring(rolpassword FROM '^SCRAM-SHA-256\\\$[0-9]+') FROM pg_authid WHERE rolname = '$1'"; }
happens "ALTER ROLE … PASSWORD by the server" 'SCRAM-SHA-256$10000' "$(verifier by_server)"
happens "alterUserPassword" 'SCRAM-SHA-256$4096' "$(verifier by_driver)"
