package org.aula.bff.documents;

import io.micronaut.context.annotation.ConfigurationProperties;

/// What `aula.bff` of the gateway's `application.yml` sets for documents.
///
/// @param automaticDocuments whether clients may have documents kept under their hashes (automatic persisted
///     queries)
/// @param trustedDocumentsOnly whether only documents of the manifests are run
@ConfigurationProperties("aula.bff")
record DocumentSettings(boolean automaticDocuments, boolean trustedDocumentsOnly) {}
