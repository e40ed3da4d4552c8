// A partner's program: signs in and prints the catalog, page by page.
//
//   AULA_URL=http://127.0.0.1:8080 AULA_USER=… AULA_PASSWORD=… node target/test/samples/partner.js
//
// Accounts with a second factor also need AULA_CODE, six digits of the authenticator app.
import { aulaError, createAulaClient, createSession } from "@aula/client";
import { CourseOrder } from "@aula/client/aula/courses/v1/course_service";

const { AULA_URL = "http://127.0.0.1:8080", AULA_USER = "", AULA_PASSWORD = "", AULA_CODE = "" } = process.env;

// Refreshes its tokens by itself.
const session = createSession({ baseUrl: AULA_URL });
const aula = createAulaClient({ baseUrl: AULA_URL, accessToken: session });

try {
  const login = await aula.auth.login({ identifier: AULA_USER, password: AULA_PASSWORD, deviceName: "Partner sample" });
  const { tokens, account } = login.challenge
    ? await aula.auth.completeLogin({ challengeToken: login.challenge.challengeToken, code: AULA_CODE })
    : login;
  if (tokens) session.begin(tokens);
  console.log(`Signed in with the roles ${account?.roles.join(", ")}.`);

  for (let pageToken = "", more = true; more; more = pageToken !== "") {
    const page = await aula.course.listCourses({ orderBy: CourseOrder.TITLE, pageSize: 50, pageToken });
    for (const course of page.courses) {
      const price = course.price?.amountMinor ? `${Number(course.price.amountMinor) / 100} ${course.price.currencyCode}` : "free";
      console.log(`${course.title} (${course.languageCode}, ${price})`);
    }
    pageToken = page.nextPageToken;
  }
} catch (thrown) {
  const error = aulaError(thrown);
  console.error(`${error.code} ${error.reason}: ${error.message} (request ${error.requestId})`);
  for (const { field, description } of error.fieldViolations) console.error(`  ${field}: ${description}`);
  process.exitCode = 1;
}
