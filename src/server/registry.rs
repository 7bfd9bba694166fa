//! The registry: every fault and every variation, one line each, in a stable order.

use super::fault::{Fault, Variation};

macro_rules! faults {
    ($($area:literal { $($name:ident, $id:literal, $requirement:literal, $title:literal;)+ })+) => {
        /// The defects, in the order of [`FAULTS`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Defect { $($($name,)+)+ }

        /// All faults, in a stable order.
        pub const FAULTS: &[Fault] = &[$($(
            Fault { id: $id, title: $title, requirement: $requirement, area: $area },
        )+)+];
    };
}

macro_rules! variations {
    ($($name:ident, $id:literal, $allowed_by:literal, $title:literal;)+) => {
        /// The choices, in the order of [`VARIATIONS`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Choice { $($name,)+ }

        /// All variations, in a stable order.
        pub const VARIATIONS: &[Variation] = &[$(Variation { id: $id, title: $title, allowed_by: $allowed_by },)+];
    };
}

faults! {
    "auth" {
        AuthNotRequired, "auth-not-required", "RFC7644-2-11", "Requests without credentials are served";
        AuthAnyValueAccepted, "auth-any-value-accepted", "OKTA-SPEC20-11", "Any Authorization value is accepted";
        AuthTruncatedTokenAccepted, "auth-truncated-token-accepted", "RFC7644-2-11", "The beginning of a token is accepted for the whole";
        AuthSchemeIgnored, "auth-scheme-ignored", "RFC7644-2-11", "The token is accepted whatever the scheme before it";
        AuthReadsOpen, "auth-reads-open", "RFC7644-2-11", "Reading needs no credentials, only writing does";
        AuthAnswers400, "auth-answers-400", "OKTA-SPEC20-11", "Wrong credentials are answered with 400";
        AuthAnswers403, "auth-answers-403", "OKTA-SPEC20-11", "Wrong credentials are answered with 403";
        AuthAnswers404, "auth-answers-404", "RFC7644-3.12-13", "Wrong credentials are answered with 404";
        AuthAnswers500, "auth-answers-500", "OKTA-SPEC20-11", "Wrong credentials are answered with 500";
        AuthRedirectsToLogin, "auth-redirects-to-login", "RFC7644-2-11", "Wrong credentials are redirected to a login page";
        AuthWithoutSchemeCrashes, "auth-without-scheme-crashes", "OKTA-SPEC20-11", "An Authorization value without a scheme is answered with 500";
        AuthErrorWithoutDetail, "auth-error-without-detail", "OKTA-SPEC20-11", "The body of a 401 has no detail";
        AuthErrorWithoutStatus, "auth-error-without-status", "OKTA-SPEC20-11", "The body of a 401 has no status";
        AuthErrorWithoutSchemas, "auth-error-without-schemas", "OKTA-SPEC20-11", "The body of a 401 has no schemas";
        AuthErrorIsHtml, "auth-error-is-html", "RFC7644-3.12-02", "The body of a 401 is an HTML page";
        AuthErrorIsEmpty, "auth-error-is-empty", "RFC7644-3.12-02", "A 401 has no body";
        AuthWithoutChallenge, "auth-without-challenge", "RFC7644-2-06", "A 401 has no WWW-Authenticate";
    }
    "list" {
        ListWithoutSchemas, "list-without-schemas", "RFC7644-3.4.2-04", "Lists have no schemas";
        ListSchemasOfUser, "list-schemas-of-user", "RFC7644-3.4.2-04", "Lists have the schemas of a User";
        ListWithoutTotalResults, "list-without-total-results", "RFC7644-3.4.2-05", "Lists have no totalResults";
        ListWithoutStartIndex, "list-without-start-index", "RFC7644-3.4.2-09", "Lists have no startIndex, even when partial";
        ListWithoutItemsPerPage, "list-without-items-per-page", "RFC7644-3.4.2-10", "Lists have no itemsPerPage, even when partial";
        ListWithoutResources, "list-without-resources", "RFC7644-3.4.2-07", "Lists have no Resources";
        ListNumbersAsStrings, "list-numbers-as-strings", "RFC7644-3.4.2-05", "totalResults, startIndex and itemsPerPage are strings";
        ListResourcesInLowerCase, "list-resources-in-lower-case", "RFC7644-3.4.2-13", "Lists have resources in place of Resources";
        ListResourcesAsObject, "list-resources-as-object", "RFC7644-3.4.2-06", "A list of one has an object in place of an array";
        ListAsBareArray, "list-as-bare-array", "RFC7644-3.4.2-04", "Lists are a bare array";
        ListItemsPerPageAsAsked, "list-items-per-page-as-asked", "RFC7644-3.4.2.4-11", "itemsPerPage repeats count, however many resources there are";
        ListItemsPerPageIsMaximum, "list-items-per-page-is-maximum", "RFC7644-3.4.2.4-11", "itemsPerPage is always the largest page size";
        ListStartIndexIsAlwaysOne, "list-start-index-is-always-one", "RFC7644-3.4.2.4-13", "startIndex is 1 on each page";
        ListTotalResultsOfPage, "list-total-results-of-page", "RFC7644-3.4.2.4-12", "totalResults counts the page only";
        ListTotalResultsOffByOne, "list-total-results-off-by-one", "RFC7644-3.4.2-05", "totalResults is one too many";
        ListTotalResultsIgnoresFilter, "list-total-results-ignores-filter", "RFC7644-3.4.2-05", "totalResults counts what the filter left out";
        ListEmptyAnswers404, "list-empty-answers-404", "RFC7644-3.4.2-11", "An empty list is answered with 404";
        ListEmptyAnswers204, "list-empty-answers-204", "RFC7644-3.4.2-11", "An empty list is answered with 204";
        ListEmptyWithoutTotalResults, "list-empty-without-total-results", "OKTA-SPEC20-03", "An empty list has no totalResults";
        ListEntriesWithoutId, "list-entries-without-id", "OKTA-SPEC20-01", "Resources in lists have no id";
        ListEntriesWithoutUserName, "list-entries-without-user-name", "OKTA-SPEC20-01", "Resources in lists have no userName";
        ListEntriesWithoutFamilyName, "list-entries-without-family-name", "OKTA-SPEC20-01", "Resources in lists have no name.familyName";
        ListEntriesWithoutGivenName, "list-entries-without-given-name", "OKTA-SPEC20-01", "Resources in lists have no name.givenName";
        ListEntriesWithoutActive, "list-entries-without-active", "OKTA-SPEC20-01", "Resources in lists have no active";
        ListEntriesWithoutEmails, "list-entries-without-emails", "OKTA-SPEC20-01", "Resources in lists have no emails";
        ListEntriesWithoutSchemas, "list-entries-without-schemas", "RFC7644-3.1-02", "Resources in lists have no schemas";
        ListEntriesWithoutMeta, "list-entries-without-meta", "RFC7643-3.1-02", "Resources in lists have no meta";
        ListHidesInactive, "list-hides-inactive", "RFC7644-3.4.2.2-05", "Inactive users are missing in lists and found by no filter";
        ListShowsDeleted, "list-shows-deleted", "RFC7644-3.6-04", "Deleted resources stay in lists";
        ListOrderUnstable, "list-order-unstable", "RFC7644-3.4.2.4-14", "Each request has another order";
        ListLagsBehind, "list-lags-behind", "RFC7644-3.3-12", "The newest resource is missing in lists";
        UsersListAnswers500, "users-list-answers-500", "RFC7644-3.2-01", "Listing users is answered with 500";
        UsersListEmpty, "users-list-empty", "OKTA-SPEC20-01", "The list of users is always empty";
        GroupsNotFound, "groups-not-found", "OKTA-SPEC20-10", "The groups endpoint is answered with 404";
        GroupsListSlow, "groups-list-slow", "OKTA-SPEC20-10", "Listing groups takes 700 ms";
        GroupsListEmpty, "groups-list-empty", "OKTA-SPEC11-16", "The list of groups is always empty";
    }
    "page" {
        CountIgnored, "count-ignored", "RFC7644-3.4.2.4-06", "count is ignored";
        CountOffByOne, "count-off-by-one", "RFC7644-3.4.2.4-06", "A page has one resource more than count";
        CountHalved, "count-halved", "RFC7644-3.4.2.4-14", "A page has half of count, and itemsPerPage says count";
        CountZeroMeansAll, "count-zero-means-all", "RFC7644-3.4.2.4-09", "count=0 returns resources";
        CountNegativeRefused, "count-negative-refused", "RFC7644-3.4.2.4-08", "A negative count is answered with 400";
        StartIndexIgnored, "start-index-ignored", "RFC7644-3.4.2.4-05", "startIndex is ignored";
        StartIndexFromZero, "start-index-from-zero", "RFC7644-3.4.2.4-05", "startIndex counts from 0";
        StartIndexZeroRefused, "start-index-zero-refused", "RFC7644-3.4.2.4-04", "startIndex=0 is answered with 400";
        StartIndexPastEndAnswers404, "start-index-past-end-answers-404", "RFC7644-3.4.2.4-15", "A startIndex past the end is answered with 404";
        StartIndexPastEndAnswersLastPage, "start-index-past-end-answers-last-page", "RFC7644-3.4.2.4-05", "A startIndex past the end gives the last page";
        StartIndexIsPageNumber, "start-index-is-page-number", "RFC7644-3.4.2.4-05", "startIndex is taken for the number of the page";
        PagesOverlap, "pages-overlap", "RFC7644-3.4.2.4-14", "Each page after the first begins with the last resource of the page before";
        PagesSkip, "pages-skip", "RFC7644-3.4.2.4-14", "Between two pages a resource is left out";
    }
    "filter" {
        FilterIgnored, "filter-ignored", "RFC7644-3.4.2.2-04", "filter is ignored";
        FilterCaseSensitive, "filter-case-sensitive", "RFC7644-3.4.2.2-45", "String comparison heeds case everywhere";
        FilterCaseSensitiveAnswers404, "filter-case-sensitive-answers-404", "OKTA-SPEC20-09", "A filter that has capitals in its value is answered with 404";
        FilterAttributeNamesCaseSensitive, "filter-attribute-names-case-sensitive", "RFC7644-3.4.2.2-06", "Attribute names in filters heed case";
        FilterOperatorsCaseSensitive, "filter-operators-case-sensitive", "RFC7644-3.4.2.2-07", "Operators in filters heed case";
        FilterInvalidAccepted, "filter-invalid-accepted", "RFC7644-3.12-22", "What is no filter gives all resources";
        FilterInvalidAnswers500, "filter-invalid-answers-500", "RFC7644-3.12-22", "What is no filter is answered with 500";
        FilterUnknownOperatorFindsNothing, "filter-unknown-operator-finds-nothing", "RFC7644-3.4.2.2-44", "What is no filter gives an empty list";
        FilterAndAsOr, "filter-and-as-or", "RFC7644-3.4.2.2-23", "and is taken for or";
        FilterOrAsAnd, "filter-or-as-and", "RFC7644-3.4.2.2-24", "or is taken for and";
        FilterNotIgnored, "filter-not-ignored", "RFC7644-3.4.2.2-25", "not has no effect";
        FilterOrBindsTighter, "filter-or-binds-tighter", "RFC7644-3.4.2.2-39", "or binds tighter than and";
        FilterNeAsEq, "filter-ne-as-eq", "RFC7644-3.4.2.2-12", "ne is taken for eq";
        FilterCoAsEq, "filter-co-as-eq", "RFC7644-3.4.2.2-13", "co is taken for eq";
        FilterSwAsCo, "filter-sw-as-co", "RFC7644-3.4.2.2-14", "sw is taken for co";
        FilterEwAsCo, "filter-ew-as-co", "RFC7644-3.4.2.2-15", "ew is taken for co";
        FilterPrAlwaysTrue, "filter-pr-always-true", "RFC7644-3.4.2.2-16", "pr matches without a value";
        FilterGtAsGe, "filter-gt-as-ge", "RFC7644-3.4.2.2-18", "gt is taken for ge";
        FilterLeAsLt, "filter-le-as-lt", "RFC7644-3.4.2.2-18", "le is taken for lt";
        FilterValuesApart, "filter-values-apart", "RFC7644-3.4.2.2-28", "The parts of a value filter may be met by different values";
        FilterValuePathRefused, "filter-value-path-refused", "RFC7644-3.4.2.2-47", "A value filter is answered with 400";
        FilterExtensionRefused, "filter-extension-refused", "RFC7644-3.4.2.2-35", "An attribute of an extension is answered with 400";
        FilterSchemaPrefixRefused, "filter-schema-prefix-refused", "RFC7644-3.4.2.2-34", "An attribute with the URN of the base schema is answered with 400";
        FilterMetaFindsNothing, "filter-meta-finds-nothing", "RFC7644-3.4.2.2-48", "A filter on meta finds nothing";
        FilterBooleanFindsNothing, "filter-boolean-finds-nothing", "RFC7644-3.4.2.2-11", "A filter on a boolean finds nothing";
        FilterExternalIdFindsNothing, "filter-external-id-finds-nothing", "RFC7644-3.4.2.2-11", "A filter on externalId finds nothing";
        FilterExternalIdIgnoresCase, "filter-external-id-ignores-case", "RFC7643-3.1-19", "A filter on externalId ignores case";
        FilterIdFindsNothing, "filter-id-finds-nothing", "RFC7644-3.4.2.2-11", "A filter on id finds nothing";
        FilterUnknownUserAnswers404, "filter-unknown-user-answers-404", "OKTA-SPEC20-03", "A filter that matches nobody is answered with 404";
        FilterUnknownUserFindsFirst, "filter-unknown-user-finds-first", "OKTA-SPEC20-05", "A filter that matches nobody gives the first user";
        FilterPlusAsBlank, "filter-plus-as-blank", "RFC7644-1.2-01", "An encoded plus sign in a filter is taken for a blank";
        FilterNonAsciiFindsNothing, "filter-non-ascii-finds-nothing", "RFC7644-1.2-01", "A filter with letters beyond ASCII finds nothing";
        FilterQuoteAnswers500, "filter-quote-answers-500", "RFC7644-3.4.2.2-32", "An escaped quote in a filter is answered with 500";
        FilterOnBooleansOrdered, "filter-on-booleans-ordered", "RFC7644-3.4.2.2-21", "gt and its kin on a boolean are accepted";
    }
    "sort" {
        SortIgnored, "sort-ignored", "RFC7644-3.4.2.3-03", "sortBy is ignored";
        SortOrderIgnored, "sort-order-ignored", "RFC7644-3.4.2.3-08", "sortOrder is ignored";
        SortDescendingByDefault, "sort-descending-by-default", "RFC7644-3.4.2.3-09", "Without sortOrder the order is descending";
        SortWithinPage, "sort-within-page", "RFC7644-3.4.2.3-13", "Each page is sorted by itself";
        SortCaseSensitive, "sort-case-sensitive", "RFC7644-3.4.2.3-10", "Strings are sorted with their case";
        SortMissingFirst, "sort-missing-first", "RFC7644-3.4.2.3-07", "Resources without a value come first";
    }
    "projection" {
        AttributesIgnored, "attributes-ignored", "RFC7644-3.4.2.5-03", "attributes is ignored";
        AttributesWithoutId, "attributes-without-id", "RFC7644-3.9-05", "attributes leaves out id";
        AttributesWholeComplex, "attributes-whole-complex", "RFC7644-3.9-06", "A sub-attribute in attributes gives the whole attribute";
        ExcludedAttributesIgnored, "excluded-attributes-ignored", "RFC7644-3.4.2.5-05", "excludedAttributes is ignored";
        ExcludedAttributesWithoutId, "excluded-attributes-without-id", "RFC7644-3.4.2.5-06", "excludedAttributes=id leaves out id";
    }
    "create" {
        CreateAnswers200, "create-answers-200", "RFC7644-3.3-07", "Creating is answered with 200";
        CreateAnswers202, "create-answers-202", "RFC7644-3.3-07", "Creating is answered with 202";
        CreateAnswers500, "create-answers-500", "OKTA-SPEC20-06", "Creating a user is answered with 500";
        CreateEmptyBody, "create-empty-body", "RFC7644-3.3-08", "Creating is answered without body";
        CreateWithoutLocation, "create-without-location", "RFC7644-3.3-09", "Creating is answered without Location";
        CreateLocationOfOther, "create-location-of-other", "RFC7644-3.3-09", "Location after a create names another resource";
        CreateAnswerWithoutId, "create-answer-without-id", "OKTA-SPEC20-06", "The answer to a create has no id";
        CreateAnswerWithoutSchemas, "create-answer-without-schemas", "OKTA-SPEC20-06", "The answer to a create has no schemas";
        CreateAnswerWithoutUserName, "create-answer-without-user-name", "OKTA-SPEC20-06", "The answer to a create has no userName";
        CreateAnswerWithoutName, "create-answer-without-name", "OKTA-SPEC20-06", "The answer to a create has no name";
        CreateAnswerWithoutActive, "create-answer-without-active", "OKTA-SPEC20-06", "The answer to a create has no active";
        CreateAnswerWithoutMeta, "create-answer-without-meta", "RFC7643-3.1-02", "The answer to a create has no meta";
        CreateInactive, "create-inactive", "OKTA-SPEC20-06", "A created user is inactive";
        CreateActiveAsString, "create-active-as-string", "RFC7643-2.3.3-01", "active is a string";
        CreateSwapsNames, "create-swaps-names", "OKTA-SPEC20-06", "givenName and familyName change places";
        CreateUserNameInLowerCase, "create-user-name-in-lower-case", "OKTA-SPEC20-06", "userName is stored in lower case";
        CreateUserNameTruncated, "create-user-name-truncated", "RFC7644-3.1-09", "userName is cut after 16 characters";
        CreateNotStored, "create-not-stored", "OKTA-SPEC20-07", "A created resource can't be read";
        CreateStoresNoName, "create-stores-no-name", "OKTA-SPEC20-07", "name is answered and not stored";
        CreateStoresOtherName, "create-stores-other-name", "OKTA-SPEC20-07", "Another userName is stored than answered";
        CreateDropsEmails, "create-drops-emails", "RFC7644-3.1-09", "emails are not stored";
        CreateKeepsFirstEmail, "create-keeps-first-email", "RFC7643-2.4-06", "Only the first of the emails is stored";
        CreateDropsExternalId, "create-drops-external-id", "RFC7643-3.1-21", "externalId is not stored";
        CreateExternalIdInLowerCase, "create-external-id-in-lower-case", "RFC7643-3.1-20", "externalId is stored in lower case";
        CreateDropsDisplayName, "create-drops-display-name", "RFC7644-3.1-09", "displayName is not stored";
        CreateDropsNickName, "create-drops-nick-name", "RFC7644-3.1-09", "nickName is not stored";
        CreateDropsTitle, "create-drops-title", "RFC7644-3.1-09", "title is not stored";
        CreateDropsRoles, "create-drops-roles", "RFC7644-3.1-09", "roles are not stored";
        CreateDropsEntitlements, "create-drops-entitlements", "RFC7644-3.1-09", "entitlements are not stored";
        CreateUserNameFromEmail, "create-user-name-from-email", "RFC7644-3.1-09", "userName is taken from the first e-mail address";
        CreateDropsPhoneNumbers, "create-drops-phone-numbers", "RFC7643-2.4-06", "phoneNumbers are not stored";
        CreateDropsAddresses, "create-drops-addresses", "RFC7643-2.4-06", "addresses are not stored";
        CreateDropsEnterprise, "create-drops-enterprise", "RFC7643-3-15", "The enterprise extension is not stored";
        CreateDropsNonAscii, "create-drops-non-ascii", "RFC7643-2.3.1-01", "Letters beyond ASCII are stored as question marks";
        CreateIdFromClient, "create-id-from-client", "RFC7643-3.1-10", "The id of the request is used";
        CreateMetaFromClient, "create-meta-from-client", "RFC7643-3.1-24", "meta of the request is answered";
        CreateReadOnlyRefused, "create-read-only-refused", "RFC7644-3.3-03", "id and meta in the request are answered with 400";
        CreatePasswordRefused, "create-password-refused", "RFC7643-4.1.1-30", "A password in the request is answered with 400";
        CreatePasswordReturned, "create-password-returned", "RFC7643-4.1.1-29", "The answer to a create has the password";
        PasswordReturned, "password-returned", "RFC7643-4.1.1-20", "Each User has its password";
        CreateWithoutUserNameAccepted, "create-without-user-name-accepted", "RFC7643-4.1.1-03", "A user without userName is created";
        CreateWrongTypeAccepted, "create-wrong-type-accepted", "RFC7644-3.3-14", "A value of the wrong type is stored";
        CreateWrongTypeAnswers500, "create-wrong-type-answers-500", "RFC7644-3.12-19", "A value of the wrong type is answered with 500";
        CreateUnknownAttributeAnswers500, "create-unknown-attribute-answers-500", "RFC7644-3.3-15", "An unknown attribute is answered with 500";
        CreateMalformedAnswers500, "create-malformed-answers-500", "RFC7644-3.12-19", "A body that is no JSON is answered with 500";
        CreateMalformedAnswersHtml, "create-malformed-answers-html", "RFC7644-3.12-02", "A body that is no JSON is answered with an HTML page";
        CreateNamesCaseSensitive, "create-names-case-sensitive", "RFC7643-2.1-01", "Attribute names in bodies heed case";
        CreateExternalIdUnique, "create-external-id-unique", "RFC7643-3.1-18", "A second resource with the same externalId is refused";
        IdsNumeric, "ids-numeric", "RFC7643-3.1-12", "id is a number";
        IdsReused, "ids-reused", "RFC7643-3.1-09", "The id of a deleted resource is given to the next";
    }
    "uniqueness" {
        DuplicateAccepted, "duplicate-accepted", "OKTA-SPEC20-08", "A taken userName is accepted";
        DuplicateAnswers200, "duplicate-answers-200", "OKTA-SPEC20-08", "A taken userName is answered with 200 and the user who has it";
        DuplicateAnswers400, "duplicate-answers-400", "OKTA-SPEC20-08", "A taken userName is answered with 400";
        DuplicateAnswers500, "duplicate-answers-500", "OKTA-SPEC20-08", "A taken userName is answered with 500";
        DuplicateOverwrites, "duplicate-overwrites", "RFC7644-3.3-11", "A taken userName is answered with 409, and the user is overwritten";
        DuplicateWithoutScimType, "duplicate-without-scim-type", "RFC7644-3.3-11", "A 409 has no scimType";
        DuplicateWithOtherScimType, "duplicate-with-other-scim-type", "RFC7644-3.3-11", "A 409 has scimType invalidValue";
        DuplicateWithoutBody, "duplicate-without-body", "RFC7644-3.12-02", "A 409 has no body";
        UniquenessCaseSensitive, "uniqueness-case-sensitive", "RFC7643-4.1.1-04", "A userName is free when a taken one differs by case";
        UniquenessNotAtomic, "uniqueness-not-atomic", "RFC7643-4.1.1-02", "Two creates of one userName at the same moment are both accepted";
        UniquenessNotCheckedOnReplace, "uniqueness-not-checked-on-replace", "RFC7644-3.5.1-15", "PUT may set a taken userName";
        UniquenessNotCheckedOnPatch, "uniqueness-not-checked-on-patch", "RFC7644-3.5.2-30", "PATCH may set a taken userName";
        DeletedUserNameStaysTaken, "deleted-user-name-stays-taken", "RFC7644-3.6-05", "The userName of a deleted user stays taken";
    }
    "read" {
        UnknownIdAnswers400, "unknown-id-answers-400", "OKTA-SPEC20-12", "An unknown id is answered with 400";
        UnknownIdAnswers500, "unknown-id-answers-500", "OKTA-SPEC20-12", "An unknown id is answered with 500";
        UnknownIdAnswers200, "unknown-id-answers-200", "OKTA-SPEC20-12", "An unknown id is answered with an empty list";
        UnknownIdAnswers204, "unknown-id-answers-204", "OKTA-SPEC20-12", "An unknown id is answered with 204";
        UnknownIdWithoutDetail, "unknown-id-without-detail", "OKTA-SPEC20-12", "The 404 of an unknown id has no detail";
        UnknownIdWithoutStatus, "unknown-id-without-status", "OKTA-SPEC20-12", "The 404 of an unknown id has no status";
        UnknownIdWithoutSchemas, "unknown-id-without-schemas", "OKTA-SPEC20-12", "The 404 of an unknown id has no schemas";
        UnknownIdAnswersHtml, "unknown-id-answers-html", "RFC7644-3.12-02", "The 404 of an unknown id is an HTML page";
        UnknownIdAnswersEmpty, "unknown-id-answers-empty", "RFC7644-3.12-02", "The 404 of an unknown id has no body";
        LongNumberIdAnswers500, "long-number-id-answers-500", "OKTA-SPEC20-04", "An id of many digits is answered with 500";
        OtherShapeIdAnswers400, "other-shape-id-answers-400", "RFC7644-3.4.1-04", "An id that is no UUID is answered with 400";
        EncodedIdAnswers500, "encoded-id-answers-500", "RFC7644-3.4.1-04", "A percent-encoded id is answered with 500";
        ReadWrappedInList, "read-wrapped-in-list", "RFC7644-3.4.1-05", "A single resource comes in a list";
        ReadOtherResource, "read-other-resource", "OKTA-SPEC20-02", "A read gives another resource than was asked for";
        ReadWithoutId, "read-without-id", "OKTA-SPEC20-02", "A read resource has no id";
        ReadWithoutUserName, "read-without-user-name", "OKTA-SPEC20-02", "A read resource has no userName";
        ReadWithoutGivenName, "read-without-given-name", "OKTA-SPEC20-02", "A read resource has no name.givenName";
        ReadWithoutFamilyName, "read-without-family-name", "OKTA-SPEC20-02", "A read resource has no name.familyName";
        ReadWithoutActive, "read-without-active", "OKTA-SPEC20-02", "A read resource has no active";
        ReadWithoutEmails, "read-without-emails", "OKTA-SPEC20-02", "A read resource has no emails";
        ReadWithoutSchemas, "read-without-schemas", "RFC7643-2.1-03", "A read resource has no schemas";
        ReadAnswers500, "read-answers-500", "OKTA-SPEC20-07", "Reading a user is answered with 500";
        InactiveAnswers404, "inactive-answers-404", "RFC7644-3.4.1-03", "An inactive user can't be read";
        UnknownEndpointAnswersHtml, "unknown-endpoint-answers-html", "RFC7644-3.12-02", "An unknown endpoint is answered with an HTML page";
        UnknownEndpointAnswers200, "unknown-endpoint-answers-200", "RFC7644-3.12-15", "An unknown endpoint is answered with 200";
    }
    "meta" {
        MetaWithoutLocation, "meta-without-location", "RFC7644-3.3-10", "meta has no location";
        MetaLocationOfEndpoint, "meta-location-of-endpoint", "RFC7643-3.1-32", "meta.location is the endpoint's";
        MetaResourceTypeWrong, "meta-resource-type-wrong", "RFC7643-3.1-26", "meta.resourceType is the schema's URN";
        MetaCreatedMoves, "meta-created-moves", "RFC7643-3.1-29", "meta.created is the time of the answer";
        MetaDatesMalformed, "meta-dates-malformed", "RFC7643-3.1-28", "The dates of meta are no dateTime";
        MetaLastModifiedStays, "meta-last-modified-stays", "RFC7643-3.1-30", "meta.lastModified stays after a change";
        EmailsAsObject, "emails-as-object", "RFC7643-2.4-01", "emails is an object in place of an array";
        SchemasAsString, "schemas-as-string", "RFC7643-3-04", "schemas is a string in place of an array";
        SchemasOfOtherType, "schemas-of-other-type", "RFC7643-3-07", "A User has the schemas of a Group";
        ExtensionNotInSchemas, "extension-not-in-schemas", "RFC7643-3-10", "The enterprise extension is not named in schemas";
    }
    "replace" {
        ReplaceIgnored, "replace-ignored", "RFC7644-3.5.1-04", "PUT changes nothing";
        ReplaceAppends, "replace-appends", "RFC7644-3.5.1-04", "PUT appends to multi-valued attributes";
        ReplaceMergesName, "replace-merges-name", "RFC7644-3.5.1-04", "PUT does not change name";
        ReplaceEmptyAnswer, "replace-empty-answer", "RFC7644-3.5.1-14", "PUT is answered with 204";
        ReplaceAnswers201, "replace-answers-201", "RFC7644-3.5.1-14", "PUT is answered with 201";
        ReplaceCreates, "replace-creates", "RFC7644-3.5.1-02", "PUT to an unknown id creates a resource";
        ReplaceReadOnlyRefused, "replace-read-only-refused", "RFC7644-3.5.1-12", "id, meta and groups in a PUT are answered with 400";
        ReplaceChangesId, "replace-changes-id", "RFC7643-3.1-08", "PUT gives the resource another id";
        ReplaceDeactivates, "replace-deactivates", "RFC7644-3.1-09", "PUT sets active to false";
        ReplaceAnswersWithOld, "replace-answers-with-old", "RFC7644-3.1-09", "PUT answers with what was before";
        ReplaceHalfApplied, "replace-half-applied", "RFC7644-3.5.1-16", "A refused PUT is stored";
        ReplaceUnknownIdAnswers400, "replace-unknown-id-answers-400", "RFC7644-3.4.1-04", "PUT to an unknown id is answered with 400";
        ReplaceNotSupported, "replace-not-supported", "RFC7644-3.5-01", "PUT is answered with 501";
    }
    "patch" {
        PatchIgnored, "patch-ignored", "RFC7644-3.5.2.3-02", "PATCH changes nothing";
        PatchAnswersWithOld, "patch-answers-with-old", "RFC7644-3.1-09", "PATCH answers with what was before";
        PatchEmptyAnswerWith200, "patch-empty-answer-with-200", "RFC7644-3.5.2-26", "PATCH is answered with 200 and no body";
        PatchAnswers201, "patch-answers-201", "RFC7644-3.5.2-26", "PATCH is answered with 201";
        PatchWithoutPathRefused, "patch-without-path-refused", "RFC7644-3.5.2-08", "An operation without path is answered with 400";
        PatchWithoutPathIgnored, "patch-without-path-ignored", "RFC7644-3.5.2.1-03", "An operation without path changes nothing";
        PatchWithPathIgnored, "patch-with-path-ignored", "RFC7644-3.5.2.3-02", "An operation with path changes nothing";
        PatchFirstOperationOnly, "patch-first-operation-only", "RFC7644-3.5.2-20", "Only the first operation is applied";
        PatchOperationsInReverse, "patch-operations-in-reverse", "RFC7644-3.5.2-20", "Operations are applied last first";
        PatchNotAtomic, "patch-not-atomic", "RFC7644-3.5.2-23", "Operations before a wrong one stay applied";
        PatchWrongOperationAccepted, "patch-wrong-operation-accepted", "RFC7644-3.5.2-06", "An unknown op is answered with success";
        PatchAddReplaces, "patch-add-replaces", "RFC7644-3.5.2.1-06", "add replaces all values";
        PatchAddDuplicates, "patch-add-duplicates", "RFC7644-3.5.2.1-10", "add adds a value that is there already";
        PatchReplaceAdds, "patch-replace-adds", "RFC7644-3.5.2.3-03", "replace adds to the values";
        PatchRemoveIgnored, "patch-remove-ignored", "RFC7644-3.5.2.2-02", "remove changes nothing";
        PatchRemoveIgnoresFilter, "patch-remove-ignores-filter", "RFC7644-3.5.2.2-04", "remove with a value filter removes all values";
        PatchRemoveWithoutPathAccepted, "patch-remove-without-path-accepted", "RFC7644-3.5.2.2-01", "remove without path is answered with success";
        PatchValueFilterRefused, "patch-value-filter-refused", "RFC7644-3.5.2-11", "A path with a value filter is answered with 400";
        PatchRemoveOfNothingRefused, "patch-remove-of-nothing-refused", "RFC7644-3.5.2.2-11", "Removing a value that is not there is answered with 400";
        PatchNoTargetAccepted, "patch-no-target-accepted", "RFC7644-3.5.2.3-09", "A value filter that matches nothing is answered with success";
        PatchExtensionPathRefused, "patch-extension-path-refused", "RFC7644-3.5.2-16", "A path into an extension is answered with 400";
        PatchSubAttributeReplacesWhole, "patch-sub-attribute-replaces-whole", "RFC7644-3.5.2.3-06", "A path to a sub-attribute removes the others";
        PatchClearsOthers, "patch-clears-others", "RFC7644-3.5.2-32", "PATCH clears attributes that it does not name";
        PatchEmptyMembersRefused, "patch-empty-members-refused", "RFC7644-3.5.2.3-13", "Replacing members by none is answered with 400";
        PatchMemberTypeRequired, "patch-member-type-required", "RFC7644-3.5.2.1-02", "A member without type is dropped";
        PatchLosesUpdates, "patch-loses-updates", "RFC7644-3.5.2-20", "Two PATCHes at the same moment lose one of them";
        PatchReadOnlyAccepted, "patch-read-only-accepted", "RFC7644-3.5.2-13", "PATCH of id is answered with success";
        PatchPrimaryStays, "patch-primary-stays", "RFC7644-3.5.2-22", "A new primary value leaves the old one primary";
        PatchDeactivationIgnored, "patch-deactivation-ignored", "RFC7644-3.5.2.3-02", "active can't be set to false";
        PatchDeactivationDeletes, "patch-deactivation-deletes", "RFC7644-3.5.2-32", "Setting active to false deletes the user";
        PatchActiveAsString, "patch-active-as-string", "RFC7643-2.3.2-02", "After a PATCH active is a string";
        PatchUnknownIdAnswers204, "patch-unknown-id-answers-204", "RFC7644-3.5.2-29", "PATCH of an unknown id is answered with 204";
        PatchUnknownIdAnswers500, "patch-unknown-id-answers-500", "RFC7644-3.5.2-29", "PATCH of an unknown id is answered with 500";
        PatchOperatorsCaseSensitive, "patch-operators-case-sensitive", "RFC7644-3.5.2-07", "op heeds case";
        PatchDropsSchemas, "patch-drops-schemas", "RFC7643-2.1-03", "The answer to a PATCH has no schemas";
    }
    "delete" {
        DeleteIgnored, "delete-ignored", "RFC7644-3.6-03", "DELETE deletes nothing";
        DeleteAnswers200, "delete-answers-200", "RFC7644-3.6-06", "DELETE is answered with 200";
        DeleteDeactivates, "delete-deactivates", "RFC7644-3.6-03", "DELETE sets active to false";
        DeleteUnknownAnswers204, "delete-unknown-answers-204", "RFC7644-3.6-07", "DELETE of an unknown id is answered with 204";
        DeleteUnknownAnswers500, "delete-unknown-answers-500", "RFC7644-3.6-07", "DELETE of an unknown id is answered with 500";
        DeleteLeavesMembers, "delete-leaves-members", "RFC7644-3.6-08", "A deleted user stays in its groups";
        DeletedAnswers410, "deleted-answers-410", "RFC7644-3.6-03", "A deleted id is answered with 410";
    }
    "group" {
        GroupMembersDropped, "group-members-dropped", "RFC7643-4.2-03", "Members of a new group are dropped";
        GroupDisplayNameDropped, "group-display-name-dropped", "RFC7643-4.2-02", "displayName of a group is not stored";
        GroupDisplayNameInCapitals, "group-display-name-in-capitals", "RFC7644-3.1-09", "displayName of a group is stored in capitals";
        GroupKeepsTenMembers, "group-keeps-ten-members", "RFC7643-4.2-03", "A group has no more than ten members";
        GroupMemberRefsMissing, "group-member-refs-missing", "RFC7643-4.2-05", "Members have no value";
        GroupMembersAsStrings, "group-members-as-strings", "RFC7643-2.4-02", "Members are strings";
        GroupWithoutDisplayNameAccepted, "group-without-display-name-accepted", "RFC7643-4.2-02", "A group without displayName is created";
        UserGroupsOfAll, "user-groups-of-all", "RFC7643-4.1.2-21", "Each user is in all groups";
        UserGroupsStale, "user-groups-stale", "RFC7644-3.6-09", "groups of a user names deleted groups";
        UserGroupsWritable, "user-groups-writable", "RFC7643-4.1.2-28", "groups of a user can be written";
    }
    "error" {
        ErrorStatusAsNumber, "error-status-as-number", "RFC7644-3.12-04", "status of errors is a number";
        ErrorStatusDiffers, "error-status-differs", "RFC7644-3.12-04", "status of errors is 400 whatever the status is";
        ErrorWithoutStatus, "error-without-status", "RFC7644-3.12-04", "Errors have no status";
        ErrorWithoutSchemas, "error-without-schemas", "RFC7644-3.12-03", "Errors have no schemas";
        ErrorWithoutScimType, "error-without-scim-type", "RFC7644-3.12-05", "Errors have no scimType";
        ErrorScimTypeUnknown, "error-scim-type-unknown", "RFC7644-3.12-05", "scimType is a word of the server's own";
        ErrorAsList, "error-as-list", "RFC7644-3.12-02", "Errors are in an array";
        ErrorIsHtml, "error-is-html", "RFC7644-3.12-02", "Errors are HTML pages";
        ErrorIsPlainText, "error-is-plain-text", "RFC7644-3.12-02", "Errors are plain text";
        ErrorIsEmpty, "error-is-empty", "RFC7644-3.12-02", "Errors have no body";
        ErrorWith200, "error-with-200", "RFC7644-3.2-16", "Errors have the status 200";
        ErrorWithStackTrace, "error-with-stack-trace", "RFC7644-7.5.1-01", "detail is a stack trace";
    }
    "media" {
        ContentTypeTextPlain, "content-type-text-plain", "RFC7644-3.1-01", "Answers are text/plain";
        ContentTypeTextHtml, "content-type-text-html", "RFC7644-3.1-01", "Answers say that they are text/html";
        ContentTypeMissing, "content-type-missing", "RFC7644-3.1-01", "Answers have no Content-Type";
        AcceptScimJsonRefused, "accept-scim-json-refused", "RFC7644-3.8-06", "Accept: application/scim+json is answered with 406";
        AcceptParameterRefused, "accept-parameter-refused", "OKTA-SPEC20-06", "An Accept with a parameter is answered with 406";
        BodyJsonRefused, "body-json-refused", "RFC7644-3.8-10", "A body that is application/json is answered with 415";
        BodyScimJsonRefused, "body-scim-json-refused", "RFC7644-3.8-09", "A body that is application/scim+json is answered with 415";
        BodyCharsetRefused, "body-charset-refused", "RFC7644-3.8-02", "A body with a charset is answered with 415";
        BodyOtherMediaTypeAnswers500, "body-other-media-type-answers-500", "RFC7644-3.8-11", "A body of another media type is answered with 500";
    }
    "etag" {
        EtagMissing, "etag-missing", "RFC7644-3.14-02", "ETag is advertised and not given";
        EtagDiffersFromVersion, "etag-differs-from-version", "RFC7643-3.1-34", "ETag and meta.version differ";
        EtagNeverChanges, "etag-never-changes", "RFC7644-3.14-04", "ETag stays after a change";
        IfMatchIgnored, "if-match-ignored", "RFC7644-3.14-09", "A stale If-Match is ignored";
        IfMatchAlwaysFails, "if-match-always-fails", "RFC7644-3.14-10", "Each If-Match is answered with 412";
        IfNoneMatchIgnored, "if-none-match-ignored", "RFC7644-3.14-06", "An unchanged resource is sent again";
    }
    "discovery" {
        ConfigMissing, "config-missing", "RFC7644-4-03", "There is no ServiceProviderConfig";
        ConfigInList, "config-in-list", "RFC7644-4-03", "ServiceProviderConfig is a list";
        ConfigWithoutPatch, "config-without-patch", "RFC7643-5-05", "ServiceProviderConfig has no patch";
        ConfigWithoutFilter, "config-without-filter", "RFC7643-5-11", "ServiceProviderConfig has no filter";
        ConfigWithoutAuthenticationSchemes, "config-without-authentication-schemes", "RFC7643-5-21", "ServiceProviderConfig has no authenticationSchemes";
        ConfigFlagsAsStrings, "config-flags-as-strings", "RFC7643-5-06", "The supported flags are strings";
        ConfigUntrue, "config-untrue", "RFC7643-5-29", "Sorting and versions are advertised and do nothing";
        DiscoveryWritable, "discovery-writable", "RFC7644-3.2-13", "POST to the discovery endpoints is answered with 200";
        DiscoveryFilterHeeded, "discovery-filter-heeded", "RFC7644-4-10", "A filter on a discovery endpoint is answered with an empty list";
        ResourceTypesMissing, "resource-types-missing", "RFC7644-4-02", "There is no ResourceTypes";
        ResourceTypesAsArray, "resource-types-as-array", "RFC7644-4-09", "ResourceTypes is a bare array";
        ResourceTypesWithoutEndpoint, "resource-types-without-endpoint", "RFC7643-6-10", "Resource types have no endpoint";
        ResourceTypesWithoutSchema, "resource-types-without-schema", "RFC7643-6-12", "Resource types have no schema";
        ResourceTypesEndpointWrong, "resource-types-endpoint-wrong", "RFC7643-6-10", "The endpoint of User is /People";
        ResourceTypeByNameNotFound, "resource-type-by-name-not-found", "RFC7644-3.4.1-02", "A single resource type is not found";
        SchemasMissing, "schemas-missing", "RFC7644-4-02", "There is no Schemas";
        SchemasAsArray, "schemas-as-array", "RFC7644-4-09", "Schemas is a bare array";
        SchemasWithoutAttributes, "schemas-without-attributes", "RFC7643-7-12", "Schemas have no attributes";
        SchemasWithoutExtension, "schemas-without-extension", "RFC7643-7-01", "The enterprise extension is not among the schemas";
        SchemasWithoutCharacteristics, "schemas-without-characteristics", "RFC7643-7-27", "Attributes have no mutability";
        SchemaByUrnNotFound, "schema-by-urn-not-found", "RFC7644-4-06", "A single schema is not found";
    }
    "bulk" {
        BulkReferencesUnresolved, "bulk-references-unresolved", "RFC7644-3.7.2-02", "bulkId references are stored as they are";
        BulkForwardReferencesRefused, "bulk-forward-references-refused", "RFC7644-3.7.2-06", "A reference to a later operation is refused";
        BulkCircularReferencesRefused, "bulk-circular-references-refused", "RFC7644-3.7.1-01", "Circular references are refused";
        BulkStopsAtFirstError, "bulk-stops-at-first-error", "RFC7644-3.7.3-06", "Nothing after the first error is processed";
        BulkFailOnErrorsIgnored, "bulk-fail-on-errors-ignored", "RFC7644-3.7-21", "failOnErrors is ignored";
        BulkLimitIgnored, "bulk-limit-ignored", "RFC7644-3.7.4-03", "More operations than maxOperations are processed";
        BulkStatusAsNumber, "bulk-status-as-number", "RFC7644-3.7.3-04", "status of operations is a number";
        BulkWithoutStatus, "bulk-without-status", "RFC7644-3.7.3-03", "Operations have no status";
        BulkWithoutLocation, "bulk-without-location", "RFC7644-3.7.3-02", "Operations have no location";
        BulkWithoutBulkId, "bulk-without-bulk-id", "RFC7644-3.7-23", "Operations have no bulkId";
        BulkErrorsWithoutResponse, "bulk-errors-without-response", "RFC7644-3.7-15", "Failed operations have no response";
        BulkAnswers207, "bulk-answers-207", "RFC7644-3.7-18", "A bulk job is answered with 207";
    }
    "search" {
        SearchNotFound, "search-not-found", "RFC7644-3.4.3-02", ".search is answered with 404";
        SearchRootNotFound, "search-root-not-found", "RFC7644-3.4.3-18", ".search at the root is answered with 404";
        SearchAnswers201, "search-answers-201", "RFC7644-3.4.3-17", ".search is answered with 201";
        SearchFilterIgnored, "search-filter-ignored", "RFC7644-3.4.3-09", "filter of a SearchRequest is ignored";
        SearchCountIgnored, "search-count-ignored", "RFC7644-3.4.3-16", "count of a SearchRequest is ignored";
        SearchAttributesIgnored, "search-attributes-ignored", "RFC7644-3.4.3-05", "attributes of a SearchRequest is ignored";
    }
    "cursor" {
        CursorRepeatsPage, "cursor-repeats-page", "RFC9865-2-15", "nextCursor leads to the same page";
        CursorOnLastPage, "cursor-on-last-page", "RFC9865-2-09", "The last page has a nextCursor";
        CursorMissingInTheMiddle, "cursor-missing-in-the-middle", "RFC9865-2-10", "A page that is not the last has no nextCursor";
        CursorPreviousOnFirstPage, "cursor-previous-on-first-page", "RFC9865-2-14", "The first page has a previousCursor";
        CursorInvalidAccepted, "cursor-invalid-accepted", "RFC9865-2.1-02", "A wrong cursor gives the first page";
        CursorWithReservedCharacters, "cursor-with-reserved-characters", "RFC9865-2-02", "A cursor has characters that must be encoded";
        CursorCountIgnored, "cursor-count-ignored", "RFC9865-2-04", "count is ignored with a cursor";
        CursorWrongTotalResults, "cursor-wrong-total-results", "RFC9865-2-21", "totalResults counts what is left";
    }
    "me" {
        MeWithoutLocation, "me-without-location", "RFC7644-3.11-05", "/Me has no Location";
        MeNotFound, "me-not-found", "RFC7644-3.11-02", "/Me is answered with 404";
    }
    "entitlement" {
        EntitlementsNotFound, "entitlements-not-found", "OKTA-ENT20-01", "The entitlements endpoint is answered with 404";
        EntitlementsEmpty, "entitlements-empty", "OKTA-ENT20-01", "The list of entitlements is empty";
        EntitlementsItemsPerPageWrong, "entitlements-items-per-page-wrong", "OKTA-ENT20-01", "itemsPerPage of entitlements is the largest page size";
        EntitlementsWithoutType, "entitlements-without-type", "OKTA-ENT20-03", "Entitlements have no type";
        EntitlementsWithoutDisplayName, "entitlements-without-display-name", "OKTA-ENT20-03", "Entitlements have no displayName";
        EntitlementsWithLongDescriptions, "entitlements-with-long-descriptions", "OKTA-ENT20-04", "Descriptions of entitlements have 1001 characters";
        EntitlementsNotInResourceTypes, "entitlements-not-in-resource-types", "OKTA-ENT20-02", "The entitlements endpoint is not among the resource types";
        EntitlementsWithoutStartIndex, "entitlements-without-start-index", "OKTA-ENT20-01", "The list of entitlements has no startIndex";
        EntitlementsWithoutTotalResults, "entitlements-without-total-results", "OKTA-ENT20-01", "The list of entitlements has no totalResults";
        EntitlementsSchemasWrong, "entitlements-schemas-wrong", "OKTA-ENT20-01", "The list of entitlements has the schemas of an entitlement";
        RolesNotFound, "roles-not-found", "OKTA-ENT20-01", "The roles endpoint is answered with 404";
        RolesEmpty, "roles-empty", "OKTA-ENT20-01", "The list of roles is empty";
    }
    "rate" {
        RateLimitWithoutRetryAfter, "rate-limit-without-retry-after", "RFC7644-7.6-02", "Each fifth request is answered with 429 and no Retry-After";
        RateLimitWithDate, "rate-limit-with-date", "RFC7644-7.6-02", "Each fifth request is answered with 429 and a date in Retry-After";
    }
    "attribute" {
        AttributePhoneNumbersRefused, "attribute-phone-numbers-refused", "OKTA-OIN-CREATE-04", "A User with phoneNumbers is answered with 400";
        AttributeDepartmentAnswers500, "attribute-department-answers-500", "OKTA-OIN-CREATE-04", "A User with a department is answered with 500";
        AttributeNickNameInCapitals, "attribute-nick-name-in-capitals", "RFC7644-3.1-09", "nickName is stored in capitals";
        AttributeCostCenterPadded, "attribute-cost-center-padded", "RFC7644-3.1-09", "costCenter is stored with zeros before it";
        AttributeDepartmentNotListed, "attribute-department-not-listed", "OKTA-OIN-IMPORT-02", "Lists show users without their department";
        AttributeEmailsNotReplaced, "attribute-emails-not-replaced", "RFC7644-3.5.1-04", "PUT does not change emails";
        AttributeCostCenterLost, "attribute-cost-center-lost", "RFC7644-3.5.1-04", "PUT removes costCenter";
    }
    "client" {
        BooleanTextRefused, "boolean-text-refused", "ENTRA-PATCH-02", "A text in place of a boolean is answered with 400";
        BooleanTextIgnored, "boolean-text-ignored", "ENTRA-PATCH-02", "A PATCH operation with a text in place of a boolean changes nothing";
        BooleanTextStored, "boolean-text-stored", "ENTRA-PATCH-02", "A PATCH with a text in place of a boolean stores the text";
        BooleanTextIsTrue, "boolean-text-is-true", "ENTRA-PATCH-02", "Any text in place of a boolean is true, False too";
        PatchCapitalsIgnored, "patch-capitals-ignored", "ENTRA-PATCH-01", "An operation whose op has capitals changes nothing, with success";
        PatchDottedKeysIgnored, "patch-dotted-keys-ignored", "ENTRA-PATCH-05", "Names with a dot in a value without path change nothing";
        PatchDottedKeysStored, "patch-dotted-keys-stored", "ENTRA-PATCH-05", "Names with a dot in a value without path are stored as they are";
        PatchUrnKeysIgnored, "patch-urn-keys-ignored", "ENTRA-PATCH-06", "Names with a URN in a value without path change nothing";
        PatchPrimaryTextRefused, "patch-primary-text-refused", "ENTRA-PATCH-08", "A path that compares primary with a text is answered with 400";
        PatchAddAtFilterRefused, "patch-add-at-filter-refused", "ENTRA-PATCH-07", "add at a value filter that matches nothing is answered with 400";
        PatchAddAtFilterWithoutType, "patch-add-at-filter-without-type", "ENTRA-PATCH-07", "add at a value filter that matches nothing makes a value without type";
        PatchManagerTextRefused, "patch-manager-text-refused", "ENTRA-MANAGER-01", "A manager that is a text is answered with 400";
        PatchManagerListRefused, "patch-manager-list-refused", "ENTRA-MANAGER-02", "A manager in a list of one is answered with 400";
        PatchEmptyManagerRefused, "patch-empty-manager-refused", "ENTRA-MANAGER-03", "An empty text for the manager is answered with 400, and its value is stored when it is empty";
        PatchNullReferenceRefused, "patch-null-reference-refused", "ENTRA-GROUP-03", "A member whose $ref is null is answered with 400";
        PatchRemoveWithValueEmpties, "patch-remove-with-value-empties", "ENTRA-GROUP-04", "remove heeds no value: all members go";
        PatchRemoveWithValueRefused, "patch-remove-with-value-refused", "ENTRA-GROUP-04", "remove with a value is answered with 400";
        PatchRemoveWithValueIgnored, "patch-remove-with-value-ignored", "ENTRA-GROUP-04", "remove with a value changes nothing, with success";
        PatchGroupLosesMembers, "patch-group-loses-members", "RFC7644-3.5.2-32", "A PATCH of a group that names no members empties it";
        PatchEmptyTextRefused, "patch-empty-text-refused", "LOGICAPP-16", "An empty text in a PATCH is answered with 400";
        PatchNullRefused, "patch-null-refused", "LOGICAPP-16", "null in a PATCH is answered with 400";
        PatchIdInValueRefused, "patch-id-in-value-refused", "AUTHENTIK-GROUP-02", "The unchanged id in a PATCH is answered with 400";
        UnknownSchemaRefused, "unknown-schema-refused", "ENTRA-GROUP-01", "A URN in schemas that the server does not know is answered with 400";
        NullsRefused, "nulls-refused", "RFC7643-2.5-01", "null in a create or replace is answered with 400";
        EmptyArraysRefused, "empty-arrays-refused", "RFC7643-2.5-01", "An empty array in a create or replace is answered with 400";
        ValueWithoutTypeRefused, "value-without-type-refused", "KEYCLOAK-CREATE-01", "A value of a multi-valued attribute without type is answered with 400";
        AddressOfTypeOnlyRefused, "address-of-type-only-refused", "SSOSYNC-CREATE-01", "An address that has a type and nothing else is answered with 400";
        ProfileUrlChecked, "profile-url-checked", "VALIDATOR-01", "A profileUrl that is no URL is answered with 400";
        RelativeReferenceRefused, "relative-reference-refused", "KEYCLOAK-GROUP-01", "A member with a relative $ref is answered with 400";
        ExtensionWithoutValuesRefused, "extension-without-values-refused", "JUMPCLOUD-CREATE-01", "An extension that schemas names and that has no values is answered with 400";
        SchemasOrderHeeded, "schemas-order-heeded", "JUMPCLOUD-UPDATE-01", "schemas that begins with an extension is answered with 400";
        ContentTypeOnGetRefused, "content-type-on-get-refused", "KEYCLOAK-HEADERS-01", "A GET with a Content-Type is answered with 415";
        GetWithoutContentTypeRefused, "get-without-content-type-refused", "ENTRA-HEADERS-02", "A GET of a resource without a Content-Type is answered with 415";
        UnknownParameterRefused, "unknown-parameter-refused", "ENTRA-HEADERS-03", "An unknown query parameter is answered with 400";
        ListGroupsWithoutMembers, "list-groups-without-members", "LOGICAPP-11", "Groups in lists have no members";
        SchemasWithoutCanonicalValues, "schemas-without-canonical-values", "LOGICAPP-15", "Attributes in Schemas have no canonicalValues";
        ConfigWithoutBulkLimits, "config-without-bulk-limits", "AUTHENTIK-CONFIG-01", "bulk of the ServiceProviderConfig has no limits";
    }
    "v1" {
        V1ConfigMissing, "v1-config-missing", "OKTA-SPEC11-01", "1.1: there is no ServiceProviderConfigs";
        V1ConfigWithoutSchemas, "v1-config-without-schemas", "OKTA-SPEC11-01", "1.1: the configuration has no schemas";
        V1ConfigWithoutPatch, "v1-config-without-patch", "OKTA-SPEC11-01", "1.1: the configuration has no patch";
        V1ConfigWithoutBulk, "v1-config-without-bulk", "OKTA-SPEC11-01", "1.1: the configuration has no bulk";
        V1ConfigWithoutBulkLimits, "v1-config-without-bulk-limits", "OKTA-SPEC11-01", "1.1: bulk of the configuration has no limits";
        V1ConfigWithoutFilter, "v1-config-without-filter", "OKTA-SPEC11-01", "1.1: the configuration has no filter";
        V1ConfigWithoutMaxResults, "v1-config-without-max-results", "OKTA-SPEC11-01", "1.1: filter of the configuration has no maxResults";
        V1ConfigWithoutChangePassword, "v1-config-without-change-password", "OKTA-SPEC11-01", "1.1: the configuration has no changePassword";
        V1ConfigWithoutSort, "v1-config-without-sort", "OKTA-SPEC11-01", "1.1: the configuration has no sort";
        V1ConfigWithoutEtag, "v1-config-without-etag", "OKTA-SPEC11-01", "1.1: the configuration has no etag";
        V1ConfigWithoutAuthenticationSchemes, "v1-config-without-authentication-schemes", "OKTA-SPEC11-01", "1.1: the configuration has no authenticationSchemes";
        V1ConfigAuthenticationWithoutType, "v1-config-authentication-without-type", "OKTA-SPEC11-01", "1.1: authenticationSchemes have no type";
        V1ConfigAuthenticationWithoutDescription, "v1-config-authentication-without-description", "OKTA-SPEC11-01", "1.1: authenticationSchemes have no description";
        V1ConfigSlow, "v1-config-slow", "OKTA-SPEC11-01", "1.1: the configuration takes 500 ms";
        V1ConfigWritable, "v1-config-writable", "OKTA-SPEC11-02", "1.1: POST to ServiceProviderConfigs is answered with 200";
        V1ResourceTypesMissing, "v1-resource-types-missing", "OKTA-SPEC11-03", "1.1: there is no ResourceTypes";
        V1ResourceTypesSchemasWrong, "v1-resource-types-schemas-wrong", "OKTA-SPEC11-03", "1.1: ResourceTypes has another schemas";
        V1ResourceTypesWithoutName, "v1-resource-types-without-name", "OKTA-SPEC11-03", "1.1: resource types have no name";
        V1ResourceTypesWithoutEndpoint, "v1-resource-types-without-endpoint", "OKTA-SPEC11-03", "1.1: resource types have no endpoint";
        V1ResourceTypesWithoutSchema, "v1-resource-types-without-schema", "OKTA-SPEC11-03", "1.1: resource types have no schema";
        V1ResourceTypesWritable, "v1-resource-types-writable", "OKTA-SPEC11-04", "1.1: POST to ResourceTypes is answered with 400";
        V1SchemasMissing, "v1-schemas-missing", "OKTA-SPEC11-05", "1.1: there is no Schemas";
        V1SchemasSchemasWrong, "v1-schemas-schemas-wrong", "OKTA-SPEC11-05", "1.1: Schemas has another schemas";
        V1SchemasWithoutId, "v1-schemas-without-id", "OKTA-SPEC11-05", "1.1: schemas have no id";
        V1SchemasWithoutAttributes, "v1-schemas-without-attributes", "OKTA-SPEC11-05", "1.1: schemas have no attributes";
        V1SchemasWritable, "v1-schemas-writable", "OKTA-SPEC11-06", "1.1: POST to Schemas is answered with 200";
        V1ListSchemasOf2, "v1-list-schemas-of-2", "OKTA-SPEC11-07", "1.1: lists have the schemas of 2.0";
        V1ListWithoutStartIndex, "v1-list-without-start-index", "OKTA-SPEC11-07", "1.1: lists have no startIndex";
        V1ListWithoutItemsPerPage, "v1-list-without-items-per-page", "OKTA-SPEC11-07", "1.1: lists have no itemsPerPage";
        V1ListWithoutTotalResults, "v1-list-without-total-results", "OKTA-SPEC11-07", "1.1: lists have no totalResults";
        V1ListEntriesWithoutName, "v1-list-entries-without-name", "OKTA-SPEC11-07", "1.1: resources in lists have no name";
        V1ListEntriesWithoutEmails, "v1-list-entries-without-emails", "OKTA-SPEC11-07", "1.1: resources in lists have no emails";
        V1ReadWithoutName, "v1-read-without-name", "OKTA-SPEC11-08", "1.1: a read resource has no name";
        V1ReadWithoutEmails, "v1-read-without-emails", "OKTA-SPEC11-08", "1.1: a read resource has no emails";
        V1ReadSlow, "v1-read-slow", "OKTA-SPEC11-08", "1.1: reading takes 700 ms";
        V1UnknownUserFound, "v1-unknown-user-found", "OKTA-SPEC11-09", "1.1: a filter that matches nobody gives the first user";
        V1UnknownIdAnswers405, "v1-unknown-id-answers-405", "OKTA-SPEC11-10", "1.1: an unknown id is answered with 405";
        V1UnknownIdWithoutDetail, "v1-unknown-id-without-detail", "OKTA-SPEC11-10", "1.1: the 404 of an unknown id has no detail";
        V1UnknownUserAnswers404, "v1-unknown-user-answers-404", "OKTA-SPEC11-11", "1.1: a filter that matches nobody is answered with 404";
        V1CreateAnswers200, "v1-create-answers-200", "OKTA-SPEC11-12", "1.1: creating is answered with 200";
        V1CreateSchemasOf2, "v1-create-schemas-of-2", "OKTA-SPEC11-12", "1.1: the answer to a create has the schemas of 2.0";
        V1CreateInactive, "v1-create-inactive", "OKTA-SPEC11-12", "1.1: a created user is inactive";
        V1CreateSwapsNames, "v1-create-swaps-names", "OKTA-SPEC11-12", "1.1: givenName and familyName change places in the answer";
        V1CreateStoresOtherName, "v1-create-stores-other-name", "OKTA-SPEC11-13", "1.1: reading gives another userName than creating";
        V1DuplicateAnswers400, "v1-duplicate-answers-400", "OKTA-SPEC11-14", "1.1: a taken userName is answered with 400";
        V1InvalidFilterAccepted, "v1-invalid-filter-accepted", "OKTA-SPEC11-15", "1.1: what is no filter gives all resources";
        V1GroupsEmpty, "v1-groups-empty", "OKTA-SPEC11-16", "1.1: the list of groups is empty";
        V1GroupsSlow, "v1-groups-slow", "OKTA-SPEC11-16", "1.1: listing groups takes 700 ms";
        V1PatchIgnored, "v1-patch-ignored", "SCIM11-API-3.3.2-07", "1.1: PATCH changes nothing";
        V1PatchNeedsOperations, "v1-patch-needs-operations", "SCIM11-API-3.3.2-02", "1.1: PATCH takes only the message of 2.0";
        V1MemberDeleteIgnored, "v1-member-delete-ignored", "SCIM11-API-3.3.2-10", "1.1: \"operation\":\"delete\" is ignored";
        V1MemberDeleteClears, "v1-member-delete-clears", "SCIM11-API-3.3.2-10", "1.1: \"operation\":\"delete\" removes all members";
        V1MemberDeleteOfNoneRefused, "v1-member-delete-of-none-refused", "SCIM11-API-3.3.2-14", "1.1: deleting a member that is not there is answered with 400";
        V1MembersReplaced, "v1-members-replaced", "SCIM11-API-3.3.2-09", "1.1: members in a PATCH replace those that are there";
        V1MembersDuplicated, "v1-members-duplicated", "SCIM11-API-3.3.2-14", "1.1: PATCH adds a member that is there already";
        V1MetaAttributesIgnored, "v1-meta-attributes-ignored", "SCIM11-API-3.3.2-05", "1.1: meta.attributes of a PATCH is ignored";
        V1PatchIdRefused, "v1-patch-id-refused", "OKTA-CLIENT11-STATUS-01", "1.1: id in a PATCH is answered with 400";
        V1PatchEmptyAnswerWith200, "v1-patch-empty-answer-with-200", "SCIM11-API-3.3.2-03", "1.1: PATCH is answered with 200 and no body";
        V1UnknownSchemaRefused, "v1-unknown-schema-refused", "OKTA-CLIENT11-GROUP-02", "1.1: a URN in schemas that the server does not know is answered with 400";
        V1LocaleWithUnderscoreRefused, "v1-locale-with-underscore-refused", "SCIM11-CORE-6-02", "1.1: a locale with an underscore is answered with 400";
        V1CreateEmptyBody, "v1-create-empty-body", "OKTA-CLIENT11-CREATE-01", "1.1: creating is answered without body";
        V1ListNumbersAsStrings, "v1-list-numbers-as-strings", "SCIM11-API-3.2.2.3-03", "1.1: totalResults, startIndex and itemsPerPage are strings";
        V1ListEntriesWithoutActive, "v1-list-entries-without-active", "OKTA-SPEC11-07", "1.1: resources in lists have no active";
        V1ErrorOf2, "v1-error-of-2", "SCIM11-API-3.9-01", "1.1: errors are those of 2.0";
        V1DeleteAnswers500, "v1-delete-answers-500", "SCIM11-API-3.4-01", "1.1: DELETE is answered with 500";
        V1EnterpriseUrnOf2, "v1-enterprise-urn-of-2", "SCIM11-CORE-7-01", "1.1: the enterprise extension has the URN of 2.0";
    }
    "wire" {
        WireHtmlPage, "wire-html-page", "RFC7644-3.2-15", "Answers are an HTML page of a proxy with the status 200";
        WireTruncatedBody, "wire-truncated-body", "RFC7644-3.2-15", "The connection ends in the middle of the body";
        WireWrongContentLength, "wire-wrong-content-length", "RFC7644-3.2-15", "Content-Length is shorter than the body";
        WireHangs, "wire-hangs", "RFC7644-3.2-15", "There is never an answer";
        WireSlowBody, "wire-slow-body", "RFC7644-3.2-15", "The body comes a byte each 200 ms";
        WireEndlessBody, "wire-endless-body", "RFC7644-3.2-15", "The body never ends";
        WireHugeBody, "wire-huge-body", "RFC7644-3.2-15", "The body has 64 MiB";
        WireGzipBomb, "wire-gzip-bomb", "RFC7644-3.2-15", "A small gzip body decompresses to 64 MiB";
        WireInvalidUtf8, "wire-invalid-utf8", "RFC7644-3.8-01", "The body is no UTF-8";
        WireDeepJson, "wire-deep-json", "RFC7644-3.2-15", "The body nests 20000 deep";
        WireJsonCutOff, "wire-json-cut-off", "RFC7644-3.2-15", "The body is the first half of the JSON";
        WireNumberOverflow, "wire-number-overflow", "RFC7643-2.3.5-03", "totalResults has 400 digits";
        WireControlCharacters, "wire-control-characters", "RFC7643-2.3.1-01", "Strings have terminal control sequences";
        WireReset, "wire-reset", "RFC7644-3.2-15", "The connection is closed without an answer";
        WireStatusLineGarbage, "wire-status-line-garbage", "RFC7644-3.2-15", "The status line is garbage";
        WireGiantHeader, "wire-giant-header", "RFC7644-3.2-15", "A header has 256 KiB";
        WireRedirectLoop, "wire-redirect-loop", "RFC7644-3.2-15", "Answers redirect to themselves";
        WireRedirectElsewhere, "wire-redirect-elsewhere", "RFC7644-3.2-15", "Answers redirect to another host";
    }
    "exchange" {
        BodyInLatin1, "body-in-latin-1", "RFC7644-3.8-02", "Answers are ISO 8859-1 in place of UTF-8";
        SchemasEmpty, "schemas-empty", "RFC7643-3-06", "schemas of resources is an empty list";
        SchemasTwice, "schemas-twice", "RFC7643-3-08", "schemas of resources names each schema twice";
        EtagWithoutQuotes, "etag-without-quotes", "RFC7644-3.14-02", "ETag and meta.version have no quotes";
        EtagWithSmallW, "etag-with-small-w", "RFC7643-3.1-37", "Weak entity-tags begin with a small w";
    }
    "scim11.answers" {
        V1CreateWithoutLocation, "v1-create-without-location", "SCIM11-API-3.1-03", "1.1: creating is answered without Location";
        V1LocationWithQuery, "v1-location-with-query", "SCIM11-API-1.3-01", "1.1: meta.location has a query string";
        V1MetaLocationOfEndpoint, "v1-meta-location-of-endpoint", "SCIM11-CORE-5.1-03", "1.1: meta.location is the endpoint's";
        V1ConflictWithoutName, "v1-conflict-without-name", "SCIM11-API-3.1-05", "1.1: the 409 does not say what conflicts";
        V1ManagerIdOf2, "v1-manager-id-of-2", "SCIM11-CORE-7-01", "1.1: manager has value in place of managerId";
        V1ReferencesReturned, "v1-references-returned", "SCIM11-CORE-3-03", "1.1: members have $ref";
        V1MemberTypeWrong, "v1-member-type-wrong", "SCIM11-CORE-8-01", "1.1: users among members are of type Group";
        V1EmailsAllPrimary, "v1-emails-all-primary", "SCIM11-CORE-3.2-02", "1.1: each of the emails is primary";
        V1EmailsTwice, "v1-emails-twice", "SCIM11-CORE-3.2-04", "1.1: each of the emails is returned twice";
        V1EmailsWithoutType, "v1-emails-without-type", "SCIM11-CORE-3.2-01", "1.1: emails are returned without type";
        V1LocaleWithHyphen, "v1-locale-with-hyphen", "SCIM11-CORE-6-02", "1.1: the underscore of locale becomes a hyphen";
        V1ReadWithoutId, "v1-read-without-id", "SCIM11-API-3.2-02", "1.1: a read resource has no id";
        V1ReadWithoutMeta, "v1-read-without-meta", "SCIM11-API-3.2-02", "1.1: a read resource has no meta";
        V1ReadWithoutSchemas, "v1-read-without-schemas", "SCIM11-CORE-3-02", "1.1: a read resource has no schemas";
        V1ListWithoutResources, "v1-list-without-resources", "SCIM11-API-3.2.2-02", "1.1: lists have no Resources";
        V1ListStartIndexIsAlwaysOne, "v1-list-start-index-is-always-one", "SCIM11-API-3.2.2.3-03", "1.1: startIndex of lists is always 1";
        V1AttributesWithoutMeta, "v1-attributes-without-meta", "SCIM11-API-3.2-02", "1.1: attributes leaves out meta";
        V1ReplaceAnswers201, "v1-replace-answers-201", "SCIM11-API-3.3.1-04", "1.1: PUT is answered with 201";
        V1PatchAnswers201, "v1-patch-answers-201", "SCIM11-API-3.3.2-03", "1.1: PATCH is answered with 201";
        V1PatchWithAttributesAnswers204, "v1-patch-with-attributes-answers-204", "SCIM11-API-3.3.2-04", "1.1: PATCH with attributes is answered with 204";
        V1JsonAsHtml, "v1-json-as-html", "SCIM11-API-3.6-01", "1.1: answers say that they are text/html";
        V1MediaTypeOf2, "v1-media-type-of-2", "SCIM11-API-3.6-01", "1.1: answers are application/scim+json";
        V1ErrorCodeAsNumber, "v1-error-code-as-number", "SCIM11-API-3.9-01", "1.1: code of errors is a number";
        V1ErrorCodeDiffers, "v1-error-code-differs", "SCIM11-API-3-06", "1.1: code of errors is 500 whatever the status is";
        V1ErrorWithoutCode, "v1-error-without-code", "SCIM11-API-3.9-01", "1.1: errors have no code";
        V1ErrorWithoutDescription, "v1-error-without-description", "SCIM11-API-3.9-01", "1.1: errors have no description";
        V1ErrorIsHtml, "v1-error-is-html", "SCIM11-API-3.9-01", "1.1: errors are HTML pages";
        V1ErrorWithStackTrace, "v1-error-with-stack-trace", "SCIM11-API-3.9-01", "1.1: the description of errors is a stack trace";
        V1StaleAnswers409, "v1-stale-answers-409", "SCIM11-API-3.9-02", "1.1: a stale If-Match is answered with 409";
        V1MalformedAnswers422, "v1-malformed-answers-422", "SCIM11-API-3.9-02", "1.1: a body that can't be read is answered with 422";
        V1BulkStatusOf2, "v1-bulk-status-of-2", "SCIM11-API-3.5-03", "1.1: status of bulk operations is a string";
        V1BulkWithoutDescription, "v1-bulk-without-description", "SCIM11-API-3.5-03", "1.1: failed bulk operations have no description";
        V1BulkSchemasOf2, "v1-bulk-schemas-of-2", "SCIM11-API-3.5-02", "1.1: the answer to a bulk job has the schemas of 2.0";
        V1BulkAnswers207, "v1-bulk-answers-207", "SCIM11-API-3.5-05", "1.1: a bulk job is answered with 207";
        V1BulkAnswers500, "v1-bulk-answers-500", "SCIM11-API-3.5-01", "1.1: a bulk job is answered with 500";
        V1BulkLastUnsaid, "v1-bulk-last-unsaid", "SCIM11-API-3.5-07", "1.1: the answer to a bulk job leaves out the last operation";
        V1BulkLimitUnnamed, "v1-bulk-limit-unnamed", "SCIM11-API-3.5-09", "1.1: the 413 of a bulk job does not name the limit";
    }
    "scim11.discovery" {
        V1ConfigFlagsAsStrings, "v1-config-flags-as-strings", "SCIM11-CORE-9-01", "1.1: the supported flags are strings";
        V1ConfigWithoutXml, "v1-config-without-xml", "SCIM11-CORE-9-01", "1.1: the configuration has no xmlDataFormat";
        V1ConfigNamesOf2, "v1-config-names-of-2", "SCIM11-CORE-9-04", "1.1: the configuration has documentationUri and specUri";
        V1ConfigDocumentationIsNoUrl, "v1-config-documentation-is-no-url", "SCIM11-CORE-9-04", "1.1: documentationUrl is a sentence";
        V1ConfigNeedsAuthentication, "v1-config-needs-authentication", "SCIM11-CORE-9-03", "1.1: the configuration can't be read without credentials";
        V1XmlSaidAndRefused, "v1-xml-said-and-refused", "SCIM11-API-3.6-02", "1.1: XML is advertised and answered with 406";
        V1SchemaAloneNotFound, "v1-schema-alone-not-found", "SCIM11-API-3-03", "1.1: a single schema is not found";
        V1SchemasWithoutEndpoint, "v1-schemas-without-endpoint", "SCIM11-CORE-10-01", "1.1: schemas have no endpoint";
        V1SchemasWithoutDescription, "v1-schemas-without-description", "SCIM11-CORE-10-01", "1.1: schemas have no description";
        V1SchemasEndpointSingular, "v1-schemas-endpoint-singular", "SCIM11-API-3-04", "1.1: the endpoint of the User schema is /User";
        V1SchemaAttributesOf2, "v1-schema-attributes-of-2", "SCIM11-CORE-10-03", "1.1: attributes have mutability, returned and uniqueness in place of readOnly";
        V1SchemaAttributesIncomplete, "v1-schema-attributes-incomplete", "SCIM11-CORE-10-02", "1.1: attributes have no caseExact";
        V1SchemaGroupsWritable, "v1-schema-groups-writable", "SCIM11-CORE-3-01", "1.1: the schema says that groups can be written";
        V1SchemaTypesOf2, "v1-schema-types-of-2", "SCIM11-CORE-3.1-01", "1.1: profileUrl is of type reference";
        V1ExtensionRedefinesCore, "v1-extension-redefines-core", "SCIM11-CORE-4-01", "1.1: the enterprise extension defines displayName again";
        V1GroupsNotFound, "v1-groups-not-found", "SCIM11-API-3-01", "1.1: the groups endpoint is answered with 404";
        V1VersionIgnored, "v1-version-ignored", "SCIM11-API-3.10-02", "1.1: any version in the base URL is served";
    }
    "scim11.requests" {
        V1PlainValuesAnswer500, "v1-plain-values-answer-500", "SCIM11-CORE-3.2-03", "1.1: plain values of emails are answered with 500";
        V1ReplaceKeepsOmitted, "v1-replace-keeps-omitted", "SCIM11-API-3.3.1-01", "1.1: PUT keeps what it does not name";
        V1MethodOverrideIgnored, "v1-method-override-ignored", "SCIM11-API-3.12-01", "1.1: a POST with X-HTTP-Method-Override changes nothing, with success";
        V1SuffixAnswers500, "v1-suffix-answers-500", "SCIM11-API-3.6-03", "1.1: the suffix .json is answered with 500";
        V1UnknownParameterRefused, "v1-unknown-parameter-refused", "SCIM11-API-3.2.2-01", "1.1: an unknown query parameter is answered with 400";
        V1FilterFirstValueOnly, "v1-filter-first-value-only", "SCIM11-API-3.2.2.1-06", "1.1: filters look at the first value of multi-valued attributes only";
        V1FilterOperatorsOf2Answer500, "v1-filter-operators-of-2-answer-500", "SCIM11-API-3.2.2.1-04", "1.1: ne, ew and not are answered with 500";
        V1SortAnswers500, "v1-sort-answers-500", "SCIM11-API-3.2.2.2-01", "1.1: sortBy is answered with 500";
        V1AttributesQualifiedIgnored, "v1-attributes-qualified-ignored", "SCIM11-API-3.8-01", "1.1: names with a URN in attributes are unknown";
        V1PatchSubAttributeRemovesWhole, "v1-patch-sub-attribute-removes-whole", "SCIM11-API-3.3.2-06", "1.1: a sub-attribute in meta.attributes removes the whole attribute";
        V1PatchComplexReplaced, "v1-patch-complex-replaced", "SCIM11-API-3.3.2-08", "1.1: a complex attribute in a PATCH loses what is not named";
        V1PatchValuesDoubled, "v1-patch-values-doubled", "SCIM11-API-3.3.2-09", "1.1: an e-mail address with another type is added a second time";
        V1PatchValuesReplaced, "v1-patch-values-replaced", "SCIM11-API-3.3.2-09", "1.1: emails in a PATCH replace those that are there";
        V1DeleteByValueOnly, "v1-delete-by-value-only", "SCIM11-API-3.3.2-11", "1.1: the deletion of an element without value is ignored";
        V1DeleteWithMetaRefused, "v1-delete-with-meta-refused", "SCIM11-API-3.3.2-12", "1.1: a deletion beside meta.attributes is answered with 400";
        V1AmbiguousDeleteRemovesAll, "v1-ambiguous-delete-removes-all", "SCIM11-API-3.3.2-13", "1.1: a deletion by type removes each e-mail address of that type";
        V1BulkExtensionUnresolved, "v1-bulk-extension-unresolved", "SCIM11-API-3.5-06", "1.1: bulkId references within extensions are stored as they are";
    }
}

variations! {
    PatchAnswers204, "patch-answers-204", "RFC7644-3.5.2-26", "PATCH is answered with 204";
    CreateBodyMinimal, "create-body-minimal", "RFC7644-3.1-09", "The answer to a create has no attributes with defaults of the server but those sent";
    ExtraAttributes, "extra-attributes", "RFC7643-2-01", "Resources have an extension that no client knows";
    ReversedMembers, "reversed-members", "RFC7643-2.3.8-01", "Members of objects are in the reverse order";
    NumericLookingIds, "numeric-looking-ids", "RFC7643-3.1-10", "Ids are digits";
    UpperCaseIds, "upper-case-ids", "RFC7643-3.1-12", "Ids are UUIDs in capitals";
    SymbolIds, "symbol-ids", "RFC7643-3.1-10", "Ids have the symbols . _ ~ and -";
    EmptyListWithoutResources, "empty-list-without-resources", "RFC7644-3.4.2-07", "An empty list has no Resources";
    ListWithoutIndexWhenWhole, "list-without-index-when-whole", "RFC7644-3.4.2-09", "A list that is whole has neither startIndex nor itemsPerPage";
    NewestFirst, "newest-first", "RFC7644-3.4.2-06", "The newest resource is listed first";
    StrongEtags, "strong-etags", "RFC7644-3.14-01", "ETags are strong";
    NoEtags, "no-etags", "RFC7643-5-20", "There are no ETags, and the configuration says so";
    NoSort, "no-sort", "RFC7644-3.4.2.3-01", "There is no sorting, and the configuration says so";
    NoBulk, "no-bulk", "RFC7644-3.7-01", "There is no bulk, and the configuration says so";
    NoPatch, "no-patch", "RFC7644-3.5.2-01", "There is no PATCH, and the configuration says so";
    NoFilter, "no-filter", "RFC7644-3.4.2.2-01", "There are no filters, and the configuration says so";
    NoCursors, "no-cursors", "RFC9865-4-02", "There is no cursor pagination, and the configuration says nothing of it";
    NoMe, "no-me", "RFC7644-3.11-02", "/Me is answered with 501";
    NoSearch, "no-search", "RFC7644-3.4.3-01", ".search is answered with 501";
    NoEntitlements, "no-entitlements", "RFC7643-3.2-01", "There are no roles and entitlements";
    NoEnterprise, "no-enterprise", "RFC7643-6-14", "There is no enterprise extension";
    ResourceTypesAndSchemasAbsent, "resource-types-and-schemas-absent", "RFC7644-3.1-03", "There are no Schemas and ResourceTypes";
    DatesWithFractions, "dates-with-fractions", "RFC7643-3.1-28", "Dates have fractions of a second";
    DatesWithOffset, "dates-with-offset", "RFC7643-3.1-28", "Dates have an offset of two hours";
    MediaTypeJson, "media-type-json", "RFC7644-3.8-03", "Answers are application/json";
    MediaTypeWithCharset, "media-type-with-charset", "RFC7644-3.8-02", "Answers say charset=utf-8";
    PagesOfFive, "pages-of-five", "RFC7644-3.4.2.4-07", "A page has at most five resources";
    EmailsWithDisplay, "emails-with-display", "RFC7643-4.1.2-03", "emails have display";
    MoreChallenges, "more-challenges", "RFC7644-2-06", "A 401 has a second challenge of another scheme";
    DiscoveryWithoutAuthentication, "discovery-without-authentication", "RFC7643-5-22", "All of discovery can be read without credentials";
    DiscoveryNeedsAuthentication, "discovery-needs-authentication", "RFC7643-5-22", "All of discovery needs credentials";
    UnassignedAsNull, "unassigned-as-null", "RFC7643-2.5-01", "Attributes without value are null";
    EmptyArrays, "empty-arrays", "RFC7643-2.5-01", "Multi-valued attributes without value are empty arrays";
    UserGroupsAbsent, "user-groups-absent", "RFC7643-2.5-05", "Users have no groups";
    GermanErrors, "german-errors", "RFC7644-3.12-06", "detail is in German";
    ErrorsWithoutDetail, "errors-without-detail", "RFC7644-3.12-06", "Errors other than 401 and 404 have no detail";
    Chunked, "chunked", "RFC7644-3.8-01", "Answers are chunked";
    Gzip, "gzip", "RFC7644-3.8-01", "Answers are compressed when asked for";
    PrettyJson, "pretty-json", "RFC7643-2.3.8-01", "JSON has blanks and line ends";
    EscapedJson, "escaped-json", "RFC7644-3.8-01", "JSON escapes what is not ASCII";
    HeaderNamesInCapitals, "header-names-in-capitals", "RFC7644-3.14-02", "Names of headers are in capitals";
    NoContentLocation, "no-content-location", "RFC7643-3.1-33", "Answers have no Content-Location";
    LocationOnEveryAnswer, "location-on-every-answer", "RFC7644-3.3-09", "Answers with a resource have Location";
    UnknownAttributesRefused, "unknown-attributes-refused", "RFC7644-3.12-26", "An unknown attribute is answered with 400";
    RateLimits, "rate-limits", "RFC7644-7.6-02", "Each tenth request is answered with 429 and Retry-After";
    LateVisibility, "late-visibility", "RFC7644-3.3-12", "What is written can be read 200 ms later (--settle)";
    NoDelete, "no-delete", "RFC7644-3.12-21", "DELETE is answered with 501";
    DemandsAnEmailShapedUserName, "demands-an-email-shaped-user-name", "RFC7644-3.12-29", "userName must be an e-mail address without a plus sign";
    DemandsNameAndEmail, "demands-name-and-email", "RFC7644-3.3-13", "A name and an e-mail address are required, and the schema says so";
    DemandsAnExtension, "demands-an-extension", "RFC7643-6-18", "The enterprise extension is required in 2.0, and the resource type says so";
    XmlOffered, "xml-offered", "SCIM11-API-3.6-02", "1.1: XML is offered beside JSON, and the configuration says so";
    PasswordRequiredStrong, "password-required-strong", "RFC7643-4.1.1-23", "A password of fewer than eight characters is refused";
}
