#!/usr/bin/env bash
# A course's calendar, read by a server in Java and by a browser: a weekly session without its second day, which EXDATE names
# in UTC, and two sessions at 02:30 in the nights in which clocks are moved.
. "$(dirname "$0")/lib.sh"
maven org.mnode.ical4j:ical4j:4.2.2 org.slf4j:slf4j-nop:2.0.17
npm_install ical.js@2.2.1
finding "ical4j and ical.js" "4.2.2, 2.2.1" "both read one calendar alike"

event() { printf 'BEGIN:VEVENT\nUID:%s\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/Berlin:%s\nDURATION:PT1H\n%sEND:VEVENT\n' "$@"; }
{
    cat <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//findings//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
ICS
    event weekly 20260302T100000 $'RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260309T090000Z\n'
    event never 20260329T023000 ""
    event twice 20261025T023000 ""
    echo END:VCALENDAR
} | sed 's/$/\r/' >"$work/course.ics"

server=$(java_source Calendars "$work/course.ics" <<'JAVA'
import java.io.FileInputStream;
import java.time.*;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;

public class Calendars {
    public static void main(String[] args) throws Exception {
        var events = new CalendarBuilder().build(new FileInputStream(args[0])).<VEvent>getComponents("VEVENT");
        var year = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"));
        var days = new net.fortuna.ical4j.model.Period<>(year, year.plusYears(1));
        System.out.println(events.get(0).<ZonedDateTime>calculateRecurrenceSet(days).size());
        for (var event : events.subList(1, 3)) {
            System.out.println(Instant.from(event.getDateTimeStart().getDate()));
        }
    }
}
JAVA
)
browser=$(cd "$node_modules/.." && node --input-type=module - "$work/course.ics" <<'JAVASCRIPT'
import ICAL from "ical.js";
import { readFileSync } from "node:fs";
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const [weekly, ...others] = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
let days = 0;
for (const series = weekly.iterator(); series.next(); ) days++;
console.log(days);
for (const event of others) console.log(new Date(event.startDate.toUnixTime() * 1000).toISOString().replace(".000", ""));
JAVASCRIPT
)
line() { sed -n "$2p" <<<"$1"; }
happens "days of the series by ical4j, which passes over the EXDATE" 3 "$(line "$server" 1)"
happens "by ical.js, which heeds it" 2 "$(line "$browser" 1)"
happens "02:30 of a night without it by ical4j is 03:30" 2026-03-29T01:30:00Z "$(line "$server" 2)"
happens "by ical.js 01:30" 2026-03-29T00:30:00Z "$(line "$browser" 2)"
happens "02:30 of a night that has it twice by ical4j is the first" 2026-10-25T00:30:00Z "$(line "$server" 3)"
happens "by ical.js the second" 2026-10-25T01:30:00Z "$(line "$browser" 3)"
