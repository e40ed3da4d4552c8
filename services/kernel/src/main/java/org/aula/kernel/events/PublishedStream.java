package org.aula.kernel.events;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XTrimArgs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.events.OutboxRepository.PublishedEvent;
import org.aula.kernel.redis.Redis;

/// A domain's stream as its relay keeps it.
final class PublishedStream {

    private static final String GET_STATE = """
            local state = {redis.call('GET', KEYS[2]) or '', '0', '0'}
            if redis.call('EXISTS', KEYS[1]) == 1 then
                local info = redis.call('XINFO', 'STREAM', KEYS[1])
                for i = 1, #info, 2 do
                    if info[i] == 'first-entry' and info[i + 1] then state[2] = info[i + 1][1] end
                    if info[i] == 'last-generated-id' then state[3] = info[i + 1] end
                end
            end
            return state
            """;

    /// Appends pairs of position and envelope, as far as the stream does not have them; stops where it would
    /// leave a gap, unless ARGV[1] allows one.
    private static final String APPEND = """
            local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            local last = 0
            if #newest > 0 then last = tonumber(string.match(newest[1][1], '^(%d+)')) end
            for i = 2, #ARGV, 2 do
                local position = tonumber(ARGV[i])
                if position > last + 1 and ARGV[1] ~= 'jump' then return last end
                if position > last then
                    redis.call('XADD', KEYS[1], string.format('%d-0', position), 'envelope', ARGV[i + 1])
                    last = position
                end
            end
            return last
            """;

    private static final String RENEW = """
            redis.call('UNLINK', KEYS[1])
            redis.call('SET', KEYS[2], ARGV[1])
            return 1
            """;

    /// What the stream tells of itself.
    ///
    /// @param epoch of the outbox that it was filled from; empty when it does not say
    /// @param first position of its oldest entry; 0 when it has none
    /// @param last position of the newest entry that it ever had
    record State(String epoch, long first, long last) {}

    private final String[] keys;
    private final Redis redis;

    PublishedStream(String domain, Redis redis) {
        this.keys = new String[] {Streams.key(domain), Streams.epochKey(domain)};
        this.redis = redis;
    }

    State state() {
        List<Object> state = redis.commands().eval(GET_STATE, ScriptOutputType.MULTI, keys);
        return new State(
                Streams.epoch(text(state.get(0))),
                Streams.position(text(state.get(1))),
                Streams.position(text(state.get(2))));
    }

    /// Appends rows in one step of Redis.
    ///
    /// @param mayJump whether the stream may lack what comes before a row, because no row holds it any more
    /// @return the stream's last position afterwards; less than the rows' last when the stream had lost
    ///     older ones
    long append(List<PublishedEvent> rows, boolean mayJump) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(ascii(mayJump ? "jump" : "follow"));
        for (var row : rows) {
            arguments.add(ascii(Long.toString(row.position())));
            arguments.add(row.envelope());
        }
        return redis.commands().eval(APPEND, ScriptOutputType.INTEGER, keys, arguments.toArray(byte[][]::new));
    }

    /// Begins the stream anew, without entries and without groups. What is unique tells those who read
    /// without a group, also when the outbox does not know of another life.
    void renew(String epoch) {
        redis.commands().<Long>eval(RENEW, ScriptOutputType.INTEGER, keys, ascii(epoch + " " + UUID.randomUUID()));
    }

    /// Drops what comes before a position.
    void trim(long position) {
        redis.commands().xtrim(keys[0], XTrimArgs.Builder.minId(Streams.id(position)));
    }

    private static String text(Object answer) {
        return new String((byte[]) answer, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
