#!/usr/bin/env bash
# A report for each night at 02:30, in the spring night that has no 02:30.
. "$(dirname "$0")/lib.sh"
maven com.github.kagkarlsson:db-scheduler:16.12.0 org.slf4j:slf4j-nop:2.0.17
finding "db-scheduler" 16.12.0 "a cron schedule of 02:30 each day and Schedules.daily of 02:30 run at the same times"

answers=$(java_source Nights <<'JAVA'
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.*;
import java.time.*;
import java.util.List;

public class Nights {
    public static void main(String[] args) {
        var berlin = ZoneId.of("Europe/Berlin");
        for (var schedule : List.of(new CronSchedule("0 30 2 * * *", berlin), Schedules.daily(berlin, LocalTime.of(2, 30)))) {
            System.out.println(next(schedule, "2026-03-28T12:00:00Z"));
            System.out.println(next(schedule, "2026-10-24T12:00:00Z"));
        }
    }

    static Instant next(Schedule schedule, String after) {
        return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(Instant.parse(after)));
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "cron, after noon of 28 March: that night is left out" 2026-03-30T00:30:00Z "$(answer 1)"
happens "daily: at 03:30 that night" 2026-03-29T01:30:00Z "$(answer 3)"
happens "cron, after noon of 24 October, whose night has it twice" 2026-10-25T00:30:00Z "$(answer 2)"
happens "daily" 2026-10-25T00:30:00Z "$(answer 4)"
