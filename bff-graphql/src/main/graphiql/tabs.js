// The first steps, in the order in which a newcomer takes them. After `SignIn` the other tabs are signed in.
const json = value => JSON.stringify(value, null, 2);

export const tabs = [
  {
    query: `# 1. Make an account. Press the pink button, or Ctrl-Enter.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    account { id email status roles }
    state
    registrationId
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
    query: `# 2. Confirm the address with the token of the email. \`make run\` tells where emails can be read.
mutation VerifyEmail($input: VerifyEmailInput!) {
  verifyEmail(input: $input) {
    userErrors { field message code }
  }
}
`,
    variables: json({ input: { token: 'the token of the email' } }),
  },
  {
    query: `# 3. Sign in. This page then sends the token by itself, and refreshes it. With a second factor a challenge comes, for completeLogin.
mutation SignIn($input: LoginInput!) {
  login(input: $input) {
    tokens { accessToken accessTokenExpireTime refreshToken }
    account { email status roles permissions }
    challenge { challengeToken expireTime }
    userErrors { field message code }
  }
}
`,
    variables: json({
      input: { identifier: 'ada@example.org', password: 'correct horse battery', deviceName: 'GraphiQL' },
    }),
  },
  {
    query: `# 4. The page of one's own account: devices, second factor, rights. Three calls, see extensions.grpcCalls.
query Security {
  viewer {
    sessions { id deviceName ipAddress current createTime lastRefreshTime }
    secondFactor { active recoveryCodesLeft }
    access { roles permissions }
  }
}
`,
    variables: json({}),
  },
  {
    query: `# 5. Tell something about yourself. What is not given stays; what is null is emptied.
mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    profile { bio city links { name url } expertise experienceYears etag }
    userErrors { field message code }
  }
}
`,
    variables: json({
      input: {
        bio: 'I write programs for machines that are not built yet.',
        links: [{ name: 'website', url: 'https://ada.example.org' }],
        expertise: ['analysis'],
      },
    }),
  },
  {
    query: `# 6. Everything that the platform keeps about you as a user, by one call.
query Me {
  viewer {
    user { summary { displayName } languageCode timeZone missingParts }
    profile { bio city links { name url } }
    settings { settings etag }
    preferences { emailNotifications courseReminders weeklyProgressEmail etag }
  }
}
`,
    variables: json({}),
  },
  {
    query: `# 7. Look through the catalog. Copy a slug and an id for the next tabs.
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
    query: `# 8. The page of one course: at most five calls to the services, see extensions.grpcCalls.
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
    variables: json({ slug: 'a-slug-of-the-catalog' }),
  },
  {
    query: `# 9. Enroll in a free course.
mutation Enroll($input: EnrollInput!) {
  enroll(input: $input) {
    enrollment { id status progressPercentage course { title } }
    userErrors { field message code }
  }
}
`,
    variables: json({ input: { courseId: 'the id of a course' } }),
  },
  {
    query: `# 10. Complete a lesson.
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
    variables: json({ input: { enrollmentId: 'the id of your enrollment', lessonId: 'the id of a lesson' } }),
  },
  {
    query: `# 11. The catalog by filters, with what it could be narrowed by.
query Filtered($filter: CourseFilter, $first: Int!) {
  courses(filter: $filter, orderBy: RATING, first: $first) {
    nodes { id title averageRating reviewCount category { path { name } } tags { name } }
    facets {
      total
      free
      categories { category { id name } count }
      tags { tag { id name } count }
      levels { level count }
    }
  }
}
`,
    variables: json({ first: 10, filter: { level: 'BEGINNER', freeOnly: true } }),
  },
  {
    query: `# 12. Review a course that you are enrolled in.
mutation Review($input: CreateReviewInput!) {
  createReview(input: $input) {
    review { id rating verified author { displayName } }
    userErrors { field message code }
  }
}
`,
    variables: json({ input: { courseId: 'the id of a course', rating: 5, title: 'Clear', text: 'And to the point.' } }),
  },
  {
    query: `# 13. Begin a quiz: the questions come without their keys.
mutation Start($input: StartAttemptInput!) {
  startAttempt(input: $input) {
    attempt {
      id
      endTime
      questions { question { questionId text type points options { key text } } }
    }
    userErrors { field message code }
  }
}
`,
    variables: json({ input: { quizId: 'the id of a quiz' } }),
  },
  {
    query: `# 14. Your grade in a course, with what gave it.
query MyGrade($slug: String!) {
  course(slug: $slug) {
    myGrade {
      percentage
      letter
      categories { name effectiveWeight contribution items { title points maxPoints standing sourceId } }
    }
  }
}
`,
    variables: json({ slug: 'a-slug-of-the-catalog' }),
  },
];
