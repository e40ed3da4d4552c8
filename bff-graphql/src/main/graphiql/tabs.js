// The first steps, in the order in which a newcomer takes them. After `SignIn` the other tabs are signed in.
const json = value => JSON.stringify(value, null, 2);

export const tabs = [
  {
    query: `# 1. Make an account. Press the pink button, or Ctrl-Enter.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    account { id email status roles }
    userErrors { field message code }
  }
}
`,
    variables: json({
      input: {
        email: 'ada@example.org',
        password: 'correct horse battery',
        firstName: 'Ada',
        lastName: 'Lovelace',
      },
    }),
  },
  {
    query: `# 2. Sign in. This page then sends the token by itself.
mutation SignIn($input: LoginInput!) {
  login(input: $input) {
    tokens { accessToken accessTokenExpireTime refreshToken }
    account { email roles permissions }
    userErrors { field message code }
  }
}
`,
    variables: json({
      input: { identifier: 'ada@example.org', password: 'correct horse battery', deviceName: 'GraphiQL' },
    }),
  },
  {
    query: `# 3. Look through the catalogue. Copy a slug and an id for the next tabs.
query Courses($first: Int!, $after: String) {
  courses(first: $first, after: $after, orderBy: NEWEST) {
    nodes {
      id
      slug
      title
      level
      price { formatted }
      instructor { displayName }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: json({ first: 10 }),
  },
  {
    query: `# 4. The page of one course: at most five calls to the services, see extensions.grpcCalls.
query CoursePage($slug: String!) {
  course(slug: $slug) {
    id
    title
    shortDescription
    price { formatted }
    instructor { displayName shortBio }
    myEnrollment { id status progressPercentage }
    sections {
      title
      lessons {
        id
        title
        type
        duration
        preview
        myProgress { status timeSpent }
      }
    }
  }
}
`,
    variables: json({ slug: 'a-slug-of-the-catalogue' }),
  },
  {
    query: `# 5. Enrol in a free course.
mutation Enrol($input: EnrollInput!) {
  enroll(input: $input) {
    enrollment { id status progressPercentage course { title } }
    userErrors { field message code }
  }
}
`,
    variables: json({ input: { courseId: 'the id of a course' } }),
  },
  {
    query: `# 6. Complete a lesson.
mutation CompleteLesson($input: CompleteLessonInput!) {
  completeLesson(input: $input) {
    enrollment {
      status
      progressPercentage
      lessonProgress { lessonId status completeTime }
    }
    userErrors { field message code }
  }
}
`,
    variables: json({ input: { enrollmentId: 'the id of your enrolment', lessonId: 'the id of a lesson' } }),
  },
];
