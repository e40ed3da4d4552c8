--liquibase formatted sql

--changeset aula:courses-005-demo-categories context:demo
INSERT INTO courses.course_categories (id, name, slug, description, sort_order) VALUES
    ('019b76da-a800-7000-8000-00000000c001', 'Programming', 'programming', 'Languages, tools and the craft', 0),
    ('019b76da-a800-7000-8000-00000000c002', 'Data and AI', 'data-and-ai', 'Statistics, data bases, machine learning', 1),
    ('019b76da-a800-7000-8000-00000000c003', 'Languages', 'languages', 'To speak with more people', 2),
    ('019b76da-a800-7000-8000-00000000c004', 'Science', 'science', 'How the world works', 3),
    ('019b76da-a800-7000-8000-00000000c005', 'Teaching', 'teaching', 'How to make and give courses', 4);
--rollback DELETE FROM courses.course_categories WHERE id BETWEEN '019b76da-a800-7000-8000-00000000c001' AND '019b76da-a800-7000-8000-00000000c005';
