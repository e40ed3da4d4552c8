// The GraphQL documents of the story.
const USER_ERRORS = "userErrors { field message code }";

export const REGISTER = `mutation Register($input: RegisterInput!) {
  register(input: $input) { account { id email roles } registrationId ${USER_ERRORS} }
}`;

export const REGISTRATION_STATE = `query RegistrationState($id: ID!) { registrationState(id: $id) }`;

export const VERIFY_EMAIL = `mutation VerifyEmail($input: VerifyEmailInput!) {
  verifyEmail(input: $input) { ${USER_ERRORS} }
}`;

export const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) { tokens { accessToken refreshToken } account { roles } ${USER_ERRORS} }
}`;

export const REFRESH_TOKENS = `mutation RefreshTokens($input: RefreshTokensInput!) {
  refreshTokens(input: $input) { tokens { accessToken refreshToken } ${USER_ERRORS} }
}`;

export const BEGIN_TOTP = `mutation BeginTotp($input: BeginTotpInput!) {
  beginTotp(input: $input) { secret ${USER_ERRORS} }
}`;

export const ACCOUNT = `query Account { viewer { account { status } sessions { deviceName current } } }`;

export const VIEWER = `query Viewer { viewer { user { summary { displayName } } } }`;

export const CREATE_UPLOAD = `mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) { asset { id state } uploadUrl headers { name value } ${USER_ERRORS} }
}`;

export const COMPLETE_UPLOAD = `mutation CompleteUpload($input: CompleteUploadInput!) {
  completeUpload(input: $input) { asset { id state sizeBytes sha256 } ${USER_ERRORS} }
}`;

export const IMPORT_COURSE = `mutation ImportCourse($input: ImportCourseInput!) {
  importCourse(input: $input) { operation { id state } ${USER_ERRORS} }
}`;

export const OPERATION = `query Operation($id: ID!) {
  operation(id: $id) { state done total rate issueCount failure }
}`;

export const OPERATION_RESULT = `query OperationResult($id: ID!) {
  operation(id: $id) { course { id title status } issueCount issues { location element reason } }
}`;

export const SUBMIT_COURSE = `mutation SubmitCourse($input: SubmitCourseInput!) {
  submitCourse(input: $input) { course { status } ${USER_ERRORS} }
}`;

export const PUBLISH_COURSE = `mutation PublishCourse($input: PublishCourseInput!) {
  publishCourse(input: $input) { course { status publishTime } ${USER_ERRORS} }
}`;

export const COURSE_PAGE = `query CoursePage($id: ID!) {
  course(id: $id) {
    title status sectionCount
    instructor { displayName }
    sections { title lessonCount lessons { id title type mandatory preview } }
    myEnrollment { status }
  }
}`;

export const LESSON = `query Lesson($id: ID!) {
  node(id: $id) {
    ... on Lesson {
      title
      content {
        pages {
          title
          blocks {
            __typename
            ... on HtmlBlock { html source }
            ... on VideoBlock { youtubeId url asset { uuid } transcripts { languageCode asset { uuid } } }
            ... on MediaBlock { asset { uuid } }
          }
        }
      }
    }
  }
}`;

export const ENROLL = `mutation Enroll($input: EnrollInput!) {
  enroll(input: $input) { enrollment { id status progressPercentage } ${USER_ERRORS} }
}`;

export const COMPLETE_LESSON = `mutation CompleteLesson($input: CompleteLessonInput!) {
  completeLesson(input: $input) { enrollment { status progressPercentage } ${USER_ERRORS} }
}`;

export const MY_ENROLLMENT = `query MyEnrollment($id: ID!) {
  course(id: $id) { myEnrollment { status progressPercentage completeTime } }
}`;

export const ACTIVITY = `query Activity($id: ID!) {
  course(id: $id) { activity { enrollments lessonsCompleted coursesCompleted activeLearners } }
}`;
