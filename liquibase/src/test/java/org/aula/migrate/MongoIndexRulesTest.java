package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.aula.migrate.MongoIndexes.Index;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our indexes hold under MongoDB's own rules; the local engine takes more.
@Tag("fast")
class MongoIndexRulesTest {

    private static final Document SCHEMA = Document.parse("""
            {bsonType: "object", properties: {
              at: {bsonType: "date"},
              name: {bsonType: "string"},
              tags: {bsonType: "array", items: {bsonType: "string"}},
              pages: {bsonType: ["array", "null"], items: {properties: {title: {bsonType: "string"}}}}
            }}""");

    @Test
    void oursAreNotRefused() {
        List<Index> ours = MongoIndexes.in(Path.of(System.getProperty("basedir", "."), "mongodb"));

        assertThat(ours).hasSizeGreaterThan(20);
        assertThat(MongoIndexRules.broken(ours)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {tags: 1, pages: 1}            | {}                                                | parallel arrays
                    {tags: 1, 'pages.title': 1}    | {}                                                | parallel arrays
                    {at: 1, name: 1}               | {expireAfterSeconds: 60}                          | more than one field
                    {_id: 1}                       | {expireAfterSeconds: 60}                          | on _id
                    {name: 1}                      | {expireAfterSeconds: 60}                          | no date
                    {unknown: 1}                   | {expireAfterSeconds: 60}                          | no date
                    {at: 1}                        | {expireAfterSeconds: -1}                          | between 0 and
                    {name: 1}                      | {unique: true, partialFilterExpression: {at: {$exists: false}}} | $exists: true only
                    {name: 1}                      | {partialFilterExpression: {$or: [{at: {$ne: 1}}]}} | no $ne
                    {name: 1}                      | {sparse: true, partialFilterExpression: {at: 1}}  | both sparse and partial
                    {_id: 1}                       | {unique: true}                                    | no options
                    {name: 'hashed'}               | {unique: true}                                    | not by directions
                    {name: 'hashed', at: 'hashed'} | {}                                                | more than one hashed
                    {name: 0}                      | {}                                                | neither a direction
                    {name: 1}                      | {uniqe: true}                                     | unknown option
                    {'$name': 1}                   | {}                                                | no path
                    """)
    void whatMongodbRefusesIsFound(String keys, String options, String why) {
        Index index = new Index("things", Document.parse(keys), Document.parse(options), SCHEMA);

        assertThat(MongoIndexRules.broken(List.of(index))).anyMatch(wrong -> wrong.contains(why));
    }

    @Test
    void twoIndexesOfTheSameKeysOrNameAreFound() {
        Index one = new Index("things", Document.parse("{name: 1}"), Document.parse("{name: 'a'}"), SCHEMA);
        Index sameKeys = new Index("things", Document.parse("{name: 1}"), Document.parse("{name: 'b'}"), SCHEMA);
        Index sameName = new Index("things", Document.parse("{at: 1}"), Document.parse("{name: 'a'}"), SCHEMA);
        Index unique =
                new Index("things", Document.parse("{name: 1}"), Document.parse("{name: 'c', unique: true}"), SCHEMA);

        assertThat(MongoIndexRules.broken(List.of(one, sameKeys))).anyMatch(wrong -> wrong.contains("have the keys"));
        assertThat(MongoIndexRules.broken(List.of(one, sameName))).anyMatch(wrong -> wrong.contains("are named a"));
        assertThat(MongoIndexRules.broken(List.of(one, unique))).isEmpty();
    }

    @Test
    void oneListOfADocumentMayHaveSeveralFieldsInAnIndex() {
        Index index = new Index(
                "things", Document.parse("{'pages.title': 1, 'pages.text': 1, name: 1}"), new Document(), SCHEMA);

        assertThat(MongoIndexRules.broken(List.of(index))).isEmpty();
    }
}
