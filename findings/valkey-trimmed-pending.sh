#!/usr/bin/env bash
# A stream is trimmed behind a consumer that has not acknowledged what it was given, and asks for it again.
. "$(dirname "$0")/lib.sh"
valkey
maven io.lettuce:lettuce-core:6.8.1.RELEASE
finding "Valkey and Lettuce" "9.1.2, 6.8.1" "what was trimmed is no longer handed out, as XAUTOCLAIM does, or comes back with what it held"

answers=$(java_source Trimmed "redis://127.0.0.1:$port" <<'JAVA'
import io.lettuce.core.*;
import java.time.Duration;
import java.util.Map;

public class Trimmed {
    public static void main(String[] args) {
        var client = RedisClient.create(args[0]);
        var commands = client.connect().sync();
        var reader = Consumer.from("group", "reader");
        commands.xgroupCreate(XReadArgs.StreamOffset.from("events", "0"), "group", XGroupCreateArgs.Builder.mkstream());
        for (int i = 1; i <= 3; i++) {
            commands.xadd("events", Map.of("number", "" + i));
        }
        commands.xreadgroup(reader, XReadArgs.StreamOffset.lastConsumed("events"));
        commands.xtrim("events", 1);
        for (var again : commands.xreadgroup(reader, XReadArgs.StreamOffset.from("events", "0"))) {
            System.out.println(again.getBody());
        }
        System.out.println(commands.xpending("events", "group").getCount());
        commands.xautoclaim("events", XAutoClaimArgs.Builder.xautoclaim(Consumer.from("group", "other"), Duration.ZERO, "0"));
        System.out.println(commands.xpending("events", "group").getCount());
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "three were given, two of them trimmed; XREADGROUP 0 gives the first with the body" '{}' "$(answer 1)"
happens "the second" '{}' "$(answer 2)"
happens "the third" '{number=3}' "$(answer 3)"
happens "pending" 3 "$(answer 4)"
happens "pending after XAUTOCLAIM, which drops them" 1 "$(answer 5)"
