#!/usr/bin/env bash
# A SCORM 1.2 lesson says that it is completed, with 85 points of the 80 that mastery asks for.
. "$(dirname "$0")/lib.sh"
npm_install scorm-again@3.4.3
finding "scorm-again" 3.4.3 \
    "the status that a lesson sets stays, or is judged by mastery_score wherever there is one; bounds are those of SCORM 1.2 (4,096 characters)"

answers=$(javascript <<'JAVASCRIPT'
require("vm").runInThisContext(require("fs").readFileSync("node_modules/scorm-again/dist/scorm12.js", "utf8"));

function run(credit) {
    const api = new Scorm12API({ autocommit: false, logLevel: 5 });
    api.loadFromJSON({ cmi: { student_data: { mastery_score: "80" }, core: { total_time: "00:10:00", ...credit } } });
    api.LMSInitialize("");
    api.LMSSetValue("cmi.core.score.raw", "85");
    api.LMSSetValue("cmi.core.lesson_status", "completed");
    api.LMSSetValue("cmi.core.session_time", "00:05:00");
    const total = api.LMSGetValue("cmi.core.total_time");
    api.LMSFinish("");
    console.log(`${api.cmi.core.lesson_status} ${total}`);
    return api;
}
run({ credit: "credit" });
run({});
const api = new Scorm12API({ autocommit: false, logLevel: 5 });
api.LMSInitialize("");
for (const length of [4097, 64000, 64001]) console.log(api.LMSSetValue("cmi.suspend_data", "x".repeat(length)));
process.exit(0);
JAVASCRIPT
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "status after LMSFinish, and total_time before it, when the LMS sent credit" "passed 00:10:00" "$(answer 1)"
happens "when it sent no credit, which its data model requires of it" "completed 00:10:00" "$(answer 2)"
happens "suspend_data of 4,097 characters is taken" true "$(answer 3)"
happens "of 64,000" true "$(answer 4)"
happens "of 64,001" false "$(answer 5)"
