#!/usr/bin/env bash
# A lease or a limit of 1,900 milliseconds, given to Lettuce as a Duration.
. "$(dirname "$0")/lib.sh"
valkey
maven io.lettuce:lettuce-core:6.8.1.RELEASE
finding "Lettuce" 6.8.1.RELEASE "a key to which a Duration is given lives that long"

answers=$(java_source Durations "redis://127.0.0.1:$port" <<'JAVA'
import io.lettuce.core.*;
import java.time.Duration;

public class Durations {
    public static void main(String[] args) {
        var client = RedisClient.create(args[0]);
        var commands = client.connect().sync();
        commands.set("lease", "held");
        commands.expire("lease", Duration.ofMillis(1900));
        System.out.println(commands.pttl("lease") <= 1000);
        System.out.println(commands.expire("lease", Duration.ofMillis(900)) + " " + commands.exists("lease"));
        commands.set("lease", "held", SetArgs.Builder.ex(Duration.ofMillis(1900)));
        System.out.println(commands.pttl("lease") <= 1000);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "expire(1.9 s) leaves a second at most" true "$(answer 1)"
happens "expire(0.9 s) answers that it was done, and the key is gone: keys left" "true 0" "$(answer 2)"
happens "set(…, ex(1.9 s)) leaves a second at most" true "$(answer 3)"
