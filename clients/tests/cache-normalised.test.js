// Clients that keep each object once, by its id: what screens show of one object is never another's, and what a
// mutation answers is seen on every screen. The gateway's services are those of `ClientsTest`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';

const url = process.env.GRAPHQL_URL;
const headers = { authorization: `Bearer ${process.env.GRAPHQL_TOKEN}` };
const id = (type, ...parts) => Buffer.from([type, ...parts].join(':')).toString('base64url');
const ids = JSON.parse(process.env.GRAPHQL_IDS);

const QUIZ = `query Quiz($id: ID!) { quiz(id: $id) { id questions { id text form { __typename
  ... on SingleChoiceForm { correctOptionKey options { key text } } } } } }`;
const LESSONS = `query Lessons($one: ID!, $two: ID!) {
  one: node(id: $one) { id ... on Lesson { content { pages { key title } } } }
  two: node(id: $two) { id ... on Lesson { content { pages { key title } } } } }`;
const PEOPLE = `query People($course: ID!) {
  course(id: $course) { id instructor { id displayName } }
  viewer { id user { id summary { id displayName } } } }`;
const RENAME = `mutation Rename { updateUser(input: { firstName: "Grace", lastName: "Hopper" }) {
  user { id firstName summary { id displayName } } userErrors { code } } }`;
const LESSON = `query Lesson($id: ID!) { node(id: $id) { id ... on Lesson { title myProgress { id status } } } }`;
const COMPLETE = `mutation Complete($enrollment: ID!, $lesson: ID!) {
  completeLesson(input: { enrollmentId: $enrollment, lessonId: $lesson }) {
    progress { id status } lesson { id myProgress { id status } } userErrors { code } } }`;
const OUTLINE = `query Outline($id: ID!) { course(id: $id) { id sections { id title } } }`;
const DELETE = `mutation Delete($id: ID!) { deleteSection(input: { sectionId: $id }) { deletedId userErrors { code } } }`;

// Of both clients: reads what the network gives, reads what the cache has by now, and changes something.
const clients = {
  'Apollo Client': () => {
    const cache = new InMemoryCache({ possibleTypes: { Node: ['Lesson', 'Course', 'Section'] } });
    const client = new ApolloClient({ cache, link: new HttpLink({ uri: url, headers }) });
    return {
      ask: async (query, variables) => (await client.query({ query: gql(query), variables })).data,
      seen: (query, variables) => cache.readQuery({ query: gql(query), variables }),
      change: async (mutation, variables, gone = () => undefined) => {
        const { data } = await client.mutate({
          mutation: gql(mutation),
          variables,
          update: (store, answer) => {
            const deleted = gone(answer.data);
            if (deleted) store.evict({ id: store.identify(deleted) });
          },
        });
        return data;
      },
    };
  },
  'urql with graphcache': () => {
    const updates = {
      Mutation: {
        deleteSection: (answer, _, cache) =>
          cache.invalidate({ __typename: 'Section', id: answer.deleteSection.deletedId }),
      },
    };
    const exchange = cacheExchange({
      updates,
      keys: Object.fromEntries(['SingleChoiceForm', 'QuestionOption', 'LessonContent', 'LessonPage'].map(type => [type, () => null])),
    });
    const client = new Client({ url, exchanges: [exchange, fetchExchange], fetchOptions: { headers }, preferGetMethod: false });
    const run = async operation => {
      const { data, error } = await operation.toPromise();
      assert.equal(error, undefined);
      return data;
    };
    return {
      ask: (query, variables) => run(client.query(query, variables ?? {})),
      seen: (query, variables) => client.readQuery(query, variables ?? {}, { requestPolicy: 'cache-only' })?.data ?? null,
      change: (mutation, variables) => run(client.mutation(mutation, variables ?? {})),
    };
  },
};

for (const [name, make] of Object.entries(clients)) {
  test(`${name}: two questions keep their own options`, async () => {
    const { ask, seen } = make();
    const variables = { id: id('Quiz', ids.quiz) };

    await ask(QUIZ, variables);

    const [first, second] = seen(QUIZ, variables).quiz.questions;
    assert.deepEqual(first.form.options.map(({ key, text }) => [key, text]), [['a', 'Paris'], ['b', 'Rome']]);
    assert.deepEqual(second.form.options.map(({ key, text }) => [key, text]), [['a', 'Three'], ['b', 'Four']]);
  });

  test(`${name}: two lessons keep their own pages`, async () => {
    const { ask, seen } = make();
    const variables = { one: id('Lesson', ids.lesson), two: id('Lesson', ids.otherLesson) };

    await ask(LESSONS, variables);

    const { one, two } = seen(LESSONS, variables);
    assert.deepEqual([one.content.pages[0].title, two.content.pages[0].title], [`Page of ${ids.lesson}`, `Page of ${ids.otherLesson}`]);
  });

  test(`${name}: who changes their name is called so on every screen`, async () => {
    const { ask, seen, change } = make();
    const variables = { course: id('Course', ids.course) };
    assert.equal((await ask(PEOPLE, variables)).course.instructor.displayName, 'Ada Lovelace');

    await change(RENAME);

    const { course, viewer } = seen(PEOPLE, variables);
    assert.equal(course.instructor.displayName, 'Grace Hopper');
    assert.equal(viewer.user.summary.displayName, 'Grace Hopper');
  });

  test(`${name}: a lesson that was never opened is ticked when it is completed`, async () => {
    const { ask, seen, change } = make();
    const variables = { id: id('Lesson', ids.lesson) };
    assert.equal((await ask(LESSON, variables)).node.myProgress, null);

    await change(COMPLETE, { enrollment: id('Enrollment', ids.enrollment), lesson: variables.id });

    assert.equal(seen(LESSON, variables).node.myProgress.status, 'COMPLETED');
  });

  test(`${name}: a section that is deleted goes by the id of the answer`, async () => {
    const { ask, seen, change } = make();
    const variables = { id: id('Course', ids.course) };
    const { course } = await ask(OUTLINE, variables);
    const gone = course.sections[0].id;

    await change(DELETE, { id: gone }, ({ deleteSection }) => ({ __typename: 'Section', id: deleteSection.deletedId }));

    const left = seen(OUTLINE, variables)?.course.sections ?? [];
    assert.ok(left.every(section => section?.id !== gone));
  });
}
