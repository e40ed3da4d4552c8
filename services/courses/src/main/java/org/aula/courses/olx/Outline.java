package org.aula.courses.olx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The course's structure before its components are read: links between pages need all of it first.
///
/// @param course the course's element
/// @param file the file that holds it
/// @param run its `url_name`
/// @param sourceId organisation, course and run
record Outline(
        XmlNode.Element course, String file, String run, String sourceId, CoursePolicy policy, List<Section> sections) {
    record Section(String id, String title, List<Lesson> lessons) {}

    /// @param element the sequential, or what stands in its place
    record Lesson(String id, String title, List<Page> pages, XmlNode.Element element) {}

    /// @param componentIds of all components, also of those that are skipped: links may lead to them
    record Page(String id, String title, List<Component> components, Set<String> componentIds) {
        /// Whether it shows nothing but problems.
        boolean hasOnlyProblems() {
            return !components.isEmpty() && components.stream().allMatch(Component::isProblem);
        }
    }

    /// @param file the file that holds the element
    record Component(XmlNode.Element element, String file, String id, String title) {
        boolean isProblem() {
            return element.name().equals("problem");
        }

        /// For the list of what was skipped.
        String label() {
            return Outline.label(element.name(), title.isEmpty() ? id : title);
        }
    }

    static String label(String tag, String name) {
        return name.isEmpty() ? tag : tag + " \"" + name + "\"";
    }

    /// Where each id of the course leads, as a lesson placeholder.
    Map<String, String> targets() {
        var targets = new HashMap<String, String>();
        for (Section section : sections) {
            for (Lesson lesson : section.lessons()) {
                for (Page page : lesson.pages()) {
                    String placeholder = Placeholders.lesson(lesson.id(), page.id());
                    targets.putIfAbsent(section.id(), placeholder);
                    targets.putIfAbsent(lesson.id(), placeholder);
                    targets.putIfAbsent(page.id(), placeholder);
                    page.componentIds().forEach(id -> targets.putIfAbsent(id, placeholder));
                }
            }
        }
        return targets;
    }
}
