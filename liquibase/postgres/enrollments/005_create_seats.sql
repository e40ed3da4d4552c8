--liquibase formatted sql

-- How many seats of a course are taken, kept for those to whom one is offered, and waited for. Whoever changes one of
-- these, or a place on the course's waitlist, holds this row's lock, so that no seat is given twice. A course that nobody
-- ever asked a seat of has no row.
--changeset aula:enrollments-005-course-seats
CREATE TABLE enrollments.course_seats (
    course_id uuid PRIMARY KEY REFERENCES courses.courses (id),
    taken bigint NOT NULL DEFAULT 0 CHECK (taken >= 0),
    offered bigint NOT NULL DEFAULT 0 CHECK (offered >= 0),
    waiting bigint NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    last_place bigint NOT NULL DEFAULT 0
);
CREATE INDEX course_seats_waiting ON enrollments.course_seats (course_id) WHERE waiting > 0;
INSERT INTO enrollments.course_seats (course_id, taken)
    SELECT course_id, count(*) FROM enrollments.enrollments
    WHERE status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED') GROUP BY course_id;
--rollback DROP TABLE enrollments.course_seats;

-- `place` is the order of a course's waitlist: given out under the lock of its seats, hence without ties.
--changeset aula:enrollments-005-waitlist-entries
CREATE TABLE enrollments.waitlist_entries (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL REFERENCES courses.courses (id),
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    place bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('WAITING', 'OFFERED', 'ACCEPTED', 'DECLINED', 'LAPSED', 'LEFT')),
    created_at timestamptz NOT NULL,
    offered_at timestamptz,
    offer_expires_at timestamptz,
    updated_at timestamptz NOT NULL,
    UNIQUE (course_id, place),
    CHECK ((offered_at IS NULL) = (offer_expires_at IS NULL)),
    CHECK (state NOT IN ('OFFERED', 'DECLINED', 'LAPSED') OR offered_at IS NOT NULL)
);
CREATE UNIQUE INDEX waitlist_entries_live ON enrollments.waitlist_entries (course_id, user_id)
    WHERE state IN ('WAITING', 'OFFERED');
CREATE INDEX waitlist_entries_order ON enrollments.waitlist_entries (course_id, place)
    WHERE state IN ('WAITING', 'OFFERED');
CREATE INDEX waitlist_entries_user ON enrollments.waitlist_entries (user_id, id);
CREATE INDEX waitlist_entries_offers ON enrollments.waitlist_entries (offer_expires_at) WHERE state = 'OFFERED';
--rollback DROP TABLE enrollments.waitlist_entries;
