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

/// The faults that no suite can show, for it does not know the credentials: `scimitar doctor` does.
pub const SHOWN_BY_DOCTOR: &[&str] = &["auth-truncated-token-accepted", "auth-scheme-ignored"];

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
    }
    "entitlement" {
        EntitlementsNotFound, "entitlements-not-found", "OKTA-ENT20-01", "The entitlements endpoint is answered with 404";
        EntitlementsEmpty, "entitlements-empty", "OKTA-ENT20-01", "The list of entitlements is empty";
        EntitlementsItemsPerPageWrong, "entitlements-items-per-page-wrong", "OKTA-ENT20-01", "itemsPerPage of entitlements is the largest page size";
        EntitlementsWithoutType, "entitlements-without-type", "OKTA-ENT20-03", "Entitlements have no type";
        EntitlementsWithoutDisplayName, "entitlements-without-display-name", "OKTA-ENT20-03", "Entitlements have no displayName";
        EntitlementsWithLongDescriptions, "entitlements-with-long-descriptions", "OKTA-ENT20-04", "Descriptions of entitlements have 1001 characters";
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
        EtagWithoutQuotes, "etag-without-quotes", "RFC7644-3.14-02", "ETag and meta.version have no quotes";
        EtagWithSmallW, "etag-with-small-w", "RFC7643-3.1-37", "Weak entity-tags begin with a small w";
    }
    "patch-message" {
        PatchAnnouncedAnswers501, "patch-announced-answers-501", "RFC7644-3.5.2-01", "PATCH is answered with 501 though the configuration offers it";
        PatchNotAnnouncedAnswers500, "patch-not-announced-answers-500", "RFC7644-3.5.2-01", "The configuration offers no PATCH, and it is answered with 500";
        PatchSchemasNotChecked, "patch-schemas-not-checked", "RFC7644-3.5.2-03", "A PATCH is taken whatever its schemas";
        PatchWithoutOperationsAccepted, "patch-without-operations-accepted", "RFC7644-3.5.2-04", "A PATCH without operations is answered with success";
        PatchMissingOpReplaces, "patch-missing-op-replaces", "RFC7644-3.5.2-05", "An operation without op is a replace";
        PatchUnknownOpAnswers500, "patch-unknown-op-answers-500", "RFC7644-3.5.2-06", "An unknown op is answered with 500";
        PatchJsonPatchTestAccepted, "patch-json-patch-test-accepted", "RFC7644-3.5.2-02", "The op test of JSON Patch is answered with success";
        PatchMalformedAnswers500, "patch-malformed-answers-500", "RFC7644-3.5.2-33", "A PATCH that is no JSON is answered with 500";
        PatchAnswersWithChangesOnly, "patch-answers-with-changes-only", "RFC7644-3.5.2-26", "PATCH answers with nothing but what was changed";
        PatchAnswers204WithoutEtag, "patch-answers-204-without-etag", "RFC7644-3.5.2-27", "PATCH is answered with 204 without ETag";
        PatchAttributesAnswers204, "patch-attributes-answers-204", "RFC7644-3.5.2-28", "PATCH with attributes is answered with 204";
        PatchTakenNameAnswers500, "patch-taken-name-answers-500", "RFC7644-3.5.2-30", "PATCH to a taken userName is answered with 500";
        PatchRefusedHalfApplied, "patch-refused-half-applied", "RFC7644-3.5.2-24", "Operations before a wrong one stay applied, with an error";
        PatchRefusedMovesLastModified, "patch-refused-moves-last-modified", "RFC7644-3.5.2-24", "A refused PATCH moves lastModified and the version";
        PatchContinuesAfterError, "patch-continues-after-error", "RFC7644-3.5.2-21", "Wrong operations are passed over, with success";
        PatchOperationsSeeOriginal, "patch-operations-see-original", "RFC7644-3.5.2-20", "Each operation is applied to the resource as it was";
        PatchAddsAttributes, "patch-adds-attributes", "RFC7644-3.5.2-32", "PATCH fills attributes with defaults";
        PatchSecondPrimaryRefused, "patch-second-primary-refused", "RFC7644-3.5.2-22", "A PATCH that makes another value primary is answered with 400";
        PatchPrimaryClearedEverywhere, "patch-primary-cleared-everywhere", "RFC7644-3.5.2-22", "A new primary value leaves none primary";
    }
    "patch-path" {
        PatchArrayIndexAccepted, "patch-array-index-accepted", "RFC7644-3.5.2-02", "A path may have the place of a value in brackets";
        PatchJsonPointerAccepted, "patch-json-pointer-accepted", "RFC7644-3.5.2-02", "A path may be a JSON Pointer";
        PatchMalformedPathIgnored, "patch-malformed-path-ignored", "RFC7644-3.5.2-10", "An operation whose path is none changes nothing, with success";
        PatchMalformedPathAnswers500, "patch-malformed-path-answers-500", "RFC7644-3.5.2-10", "A path that is none is answered with 500";
        PatchUnknownPathIgnored, "patch-unknown-path-ignored", "RFC7644-3.5.2-31", "An operation on an unknown attribute changes nothing, with success";
        PatchUnknownPathAnswers500, "patch-unknown-path-answers-500", "RFC7644-3.5.2-31", "A path to an unknown attribute is answered with 500";
        PatchCoreUrnPathRefused, "patch-core-urn-path-refused", "RFC7644-3.5.2-16", "A path with the URN of the core schema is answered with 400";
        PatchPathCaseSensitive, "patch-path-case-sensitive", "RFC7643-2.1-01", "Names in paths heed case";
        PatchSubAttributePathRefused, "patch-sub-attribute-path-refused", "RFC7644-3.5.2-10", "A path to a sub-attribute is answered with 400";
        PatchFilterKnowsOnlyEq, "patch-filter-knows-only-eq", "RFC7644-3.5.2-10", "A filter in a path that is more than one eq is answered with 400";
        PatchReplaceIgnoresFilter, "patch-replace-ignores-filter", "RFC7644-3.5.2-11", "replace with a value filter changes all values";
        PatchFilterAndAsOr, "patch-filter-and-as-or", "RFC7644-3.5.2.2-06", "and in the filter of a path is or";
        PatchSchemasRefused, "patch-schemas-refused", "RFC7644-3.5.2-18", "An operation on schemas is answered with 400";
    }
    "patch-mutability" {
        PatchReadOnlyIgnored, "patch-read-only-ignored", "RFC7644-3.5.2-15", "Operations on what is read-only change nothing, with success";
        PatchReadOnlyAnswers500, "patch-read-only-answers-500", "RFC7644-3.5.2-15", "Operations on what is read-only are answered with 500";
        PatchMutabilityAsOtherError, "patch-mutability-as-other-error", "RFC7644-3.5.2.2-09", "What may not be changed is answered with noTarget";
        PatchChangesId, "patch-changes-id", "RFC7644-3.5.2-13", "PATCH gives a resource another id";
        PatchGroupsWritable, "patch-groups-writable", "RFC7644-3.5.2-13", "PATCH writes groups of a user";
        PatchImmutableIgnored, "patch-immutable-ignored", "RFC7644-3.5.2-15", "Changing what is immutable changes nothing, with success";
        PatchImmutableChanged, "patch-immutable-changed", "RFC7644-3.5.2-13", "The value of a member can be replaced";
        PatchWrongTypeIgnored, "patch-wrong-type-ignored", "RFC7644-3.5.2.3-14", "A value of the wrong type changes nothing, with success";
        PatchWrongTypeStored, "patch-wrong-type-stored", "RFC7644-3.5.2.3-14", "A value of the wrong type is stored";
        PatchWrongTypeAnswers500, "patch-wrong-type-answers-500", "RFC7644-3.5.2.3-14", "A value of the wrong type is answered with 500";
    }
    "patch-add" {
        PatchAddWithoutValueIgnored, "patch-add-without-value-ignored", "RFC7644-3.5.2.1-01", "add without value changes nothing, with success";
        PatchAddWithoutValueAnswers500, "patch-add-without-value-answers-500", "RFC7644-3.5.2.1-01", "add without value is answered with 500";
        PatchAddToUnsetRefused, "patch-add-to-unset-refused", "RFC7644-3.5.2.1-04", "add to a single-valued attribute without value is answered with 400";
        PatchAddToUnsetListRefused, "patch-add-to-unset-list-refused", "RFC7644-3.5.2.1-08", "add to a multi-valued attribute without value is answered with 400";
        PatchAddKeepsOldValue, "patch-add-keeps-old-value", "RFC7644-3.5.2.1-09", "add to an attribute that has its one value changes nothing";
        PatchAddDropsSiblings, "patch-add-drops-siblings", "RFC7644-3.5.2.1-05", "add to a complex attribute removes the sub-attributes that are not given";
        PatchAddFirstValueOnly, "patch-add-first-value-only", "RFC7644-3.5.2.1-16", "Of several values add adds the first";
        PatchAddOfPresentRefused, "patch-add-of-present-refused", "RFC7644-3.5.2.1-11", "add of what is there already is answered with 400";
        PatchWithoutChangeMovesLastModified, "patch-without-change-moves-last-modified", "RFC7644-3.5.2.1-12", "A PATCH that changes nothing moves lastModified";
        PatchNamesCaseSensitive, "patch-names-case-sensitive", "RFC7644-3.5.2.1-17", "Names in a value without path heed case";
        PatchAddAtMatchAppends, "patch-add-at-match-appends", "RFC7644-3.5.2.1-14", "add at a value filter that matches appends a value";
        PatchAddAtNoMatchChangesFirst, "patch-add-at-no-match-changes-first", "RFC7644-3.5.2.1-15", "add at a value filter that matches nothing changes the first value";
        PatchAddAtFilterAnswers500, "patch-add-at-filter-answers-500", "RFC7644-3.5.2.1-15", "add at a value filter is answered with 500";
    }
    "patch-remove" {
        PatchRemoveWithoutPathAnswers500, "patch-remove-without-path-answers-500", "RFC7644-3.5.2.2-01", "remove without path is answered with 500";
        PatchRemoveStoresEmptyText, "patch-remove-stores-empty-text", "RFC7644-3.5.2.2-02", "remove leaves an empty text";
        PatchRemovePartRemovesWhole, "patch-remove-part-removes-whole", "RFC7644-3.5.2.2-13", "remove of a sub-attribute removes what it is a part of";
        PatchRemoveFirstValueOnly, "patch-remove-first-value-only", "RFC7644-3.5.2.2-03", "remove of a multi-valued attribute removes its first value";
        PatchRemoveFirstMatchOnly, "patch-remove-first-match-only", "RFC7644-3.5.2.2-06", "remove with a value filter removes the first value that matches";
        PatchLastValueStays, "patch-last-value-stays", "RFC7644-3.5.2.2-05", "remove with a value filter leaves the last value";
        PatchLastValueLeavesItsType, "patch-last-value-leaves-its-type", "RFC7644-3.5.2.2-08", "remove of the last value leaves its type";
        PatchRemoveRequiredIgnored, "patch-remove-required-ignored", "RFC7644-3.5.2.2-09", "remove of a required attribute changes nothing, with success";
        PatchRemoveRequiredAnswers500, "patch-remove-required-answers-500", "RFC7644-3.5.2.2-09", "remove of a required attribute is answered with 500";
        PatchRemoveOfUnsetAnswers500, "patch-remove-of-unset-answers-500", "RFC7644-3.5.2.2-12", "remove of what is not there is answered with 500";
        PatchRemoveOfNoMemberAnswers404, "patch-remove-of-no-member-answers-404", "RFC7644-3.5.2.2-11", "Removing who is no member is answered with 404";
        PatchMemberFilterTakesFirst, "patch-member-filter-takes-first", "RFC7644-3.5.2.2-04", "Removing a member removes the first one";
        PatchExtensionRemoveRemovesAll, "patch-extension-remove-removes-all", "RFC7644-3.5.2.2-16", "remove of an attribute of an extension removes all of it";
    }
    "patch-replace" {
        PatchReplaceWithoutPathIsPut, "patch-replace-without-path-is-put", "RFC7644-3.5.2.3-01", "replace without path replaces the whole user";
        PatchReplaceWithoutValueIgnored, "patch-replace-without-value-ignored", "RFC7644-3.5.2.3-01", "replace without value changes nothing, with success";
        PatchReplaceWithoutPathAdds, "patch-replace-without-path-adds", "RFC7644-3.5.2.3-11", "replace without path adds to the values of lists";
        PatchReplaceOfUnsetRefused, "patch-replace-of-unset-refused", "RFC7644-3.5.2.3-04", "replace of an attribute without value is answered with 400";
        PatchReplaceDropsSiblings, "patch-replace-drops-siblings", "RFC7644-3.5.2.3-06", "replace of a complex attribute removes the sub-attributes that are not given";
        PatchReplaceFirstMatchOnly, "patch-replace-first-match-only", "RFC7644-3.5.2.3-07", "replace with a value filter changes the first value that matches";
        PatchValuePathDropsSiblings, "patch-value-path-drops-siblings", "RFC7644-3.5.2.3-08", "replace of a part of a value removes the rest of the value";
        PatchNoTargetCreates, "patch-no-target-creates", "RFC7644-3.5.2.3-09", "replace with a value filter that matches nothing makes a value";
        PatchReplaceBySameRefused, "patch-replace-by-same-refused", "RFC7644-3.5.2.3-12", "replace by the value that is there is answered with 400";
        PatchNullIgnored, "patch-null-ignored", "RFC7644-3.5.2.3-13", "replace by null or an empty list changes nothing, with success";
        PatchNullStoredAsText, "patch-null-stored-as-text", "RFC7644-3.5.2.3-13", "replace by null stores the text null";
        PatchManagerIgnored, "patch-manager-ignored", "RFC7644-3.5.2.3-15", "PATCH never changes the manager";
    }
    "bulk job" {
        BulkMissing, "bulk-missing", "RFC7644-3.7-01", "POST /Bulk is answered with 501 although bulk is advertised";
        BulkResponseWithoutSchemas, "bulk-response-without-schemas", "RFC7644-3.7-03", "The answer to a bulk job has no schemas";
        BulkResponseRepeatsFailOnErrors, "bulk-response-repeats-fail-on-errors", "RFC7644-3.7-05", "The answer to a bulk job repeats failOnErrors";
        BulkFailureFailsJob, "bulk-failure-fails-job", "RFC7644-3.7-18", "A bulk job of which an operation failed is answered with 400 and no results";
        BulkSchemasUnchecked, "bulk-schemas-unchecked", "RFC7644-3.7-02", "A bulk job without the schemas of one is processed";
        BulkWithoutOperationsAccepted, "bulk-without-operations-accepted", "RFC7644-3.7-06", "A bulk job without Operations is answered with 200";
        BulkMalformedAnswers500, "bulk-malformed-answers-500", "RFC7644-3.7-19", "A bulk job that is no JSON is answered with 500";
        BulkFailOnErrorsCountsOperations, "bulk-fail-on-errors-counts-operations", "RFC7644-3.7-04", "failOnErrors counts operations, not errors";
        BulkGoesOnUnreported, "bulk-goes-on-unreported", "RFC7644-3.7-21", "After failOnErrors errors the rest is done all the same, and not reported";
        BulkTooLargeAnswers400, "bulk-too-large-answers-400", "RFC7644-3.7.4-03", "A bulk job over maxPayloadSize is answered with 400";
        BulkLimitUnnamed, "bulk-limit-unnamed", "RFC7644-3.7.4-04", "The error for a bulk job over a limit does not say which";
        BulkLimitAfterTheFact, "bulk-limit-after-the-fact", "RFC7644-3.7.4-05", "Of a bulk job over maxOperations the first ones are done before it is refused";
    }
    "bulk operation" {
        BulkMethodUnchecked, "bulk-method-unchecked", "RFC7644-3.7-07", "A bulk operation without one of the four methods counts as done";
        BulkPathMissingAccepted, "bulk-path-missing-accepted", "RFC7644-3.7-11", "A bulk operation without path counts as done";
        BulkPathUnchecked, "bulk-path-unchecked", "RFC7644-3.7-12", "A bulk operation whose path does not fit its method counts as done";
        BulkDataMissingAccepted, "bulk-data-missing-accepted", "RFC7644-3.7-13", "A bulk operation without data counts as done";
        BulkPostWithoutBulkIdAnswers500, "bulk-post-without-bulk-id-answers-500", "RFC7644-3.7-08", "A POST without bulkId is answered with 500";
        BulkSameIdsMerged, "bulk-same-ids-merged", "RFC7644-3.7-09", "Of two POSTs with one bulkId the second one counts as done and is not";
        BulkPutIgnored, "bulk-put-ignored", "RFC7644-3.7.3-03", "A PUT in a bulk job changes nothing and counts as done";
        BulkPatchIgnored, "bulk-patch-ignored", "RFC7644-3.7-27", "A PATCH in a bulk job changes nothing and counts as done";
        BulkDeleteIgnored, "bulk-delete-ignored", "RFC7644-3.7.3-03", "A DELETE in a bulk job deletes nothing and counts as done";
        BulkDeleteAnswers501, "bulk-delete-answers-501", "RFC7644-3.7-07", "A DELETE in a bulk job fails with 501, and by itself succeeds";
        BulkVersionIgnored, "bulk-version-ignored", "RFC7644-3.7.3-08", "version of a bulk operation is ignored";
        BulkVersionNeverFits, "bulk-version-never-fits", "RFC7644-3.7-10", "A bulk operation with the current version is answered with 412";
        BulkOperationsInReverse, "bulk-operations-in-reverse", "RFC7644-3.7-25", "Bulk operations are done from the last to the first";
    }
    "bulk result" {
        BulkWithoutMethod, "bulk-without-method", "RFC7644-3.7-07", "Results of bulk operations have no method";
        BulkStatusAlways200, "bulk-status-always-200", "RFC7644-3.7.3-03", "Each bulk operation that succeeds has the status 200";
        BulkStatusAsObject, "bulk-status-as-object", "RFC7644-3.7.3-04", "status of bulk operations is an object with code";
        BulkLocationOfEndpoint, "bulk-location-of-endpoint", "RFC7644-3.7-14", "location of a created resource is the endpoint";
        BulkFailedWithoutLocation, "bulk-failed-without-location", "RFC7644-3.7.3-02", "Failed PUT, PATCH and DELETE have no location";
        BulkWithoutVersion, "bulk-without-version", "RFC7644-3.7-26", "Results of bulk operations have no version";
        BulkVersionWrong, "bulk-version-wrong", "RFC7644-3.7-26", "version of a result is that before the operation";
        BulkFailedUnreported, "bulk-failed-unreported", "RFC7644-3.7.3-01", "Failed bulk operations are missing in the results";
        BulkBodyOfSuccessStale, "bulk-body-of-success-stale", "RFC7644-3.7-16", "The body of a result that succeeded is the resource before the operation";
        BulkErrorAsText, "bulk-error-as-text", "RFC7644-3.7-17", "response of a failed bulk operation is a text";
        BulkErrorWithoutDetail, "bulk-error-without-detail", "RFC7644-3.7.3-05", "The error of a failed bulk operation has no detail";
        BulkErrorStatusDiffers, "bulk-error-status-differs", "RFC7644-3.7-17", "The error of a failed bulk operation has the status of the job";
    }
    "bulk reference" {
        BulkReferencesToFirst, "bulk-references-to-first", "RFC7644-3.7.2-02", "Each bulkId stands for what the job created first";
        BulkReferencesInExtensionsUnresolved, "bulk-references-in-extensions-unresolved", "RFC7644-3.7.2-04", "bulkId references in extensions are stored as they are";
        BulkReferencesInPatchesUnresolved, "bulk-references-in-patches-unresolved", "RFC7644-3.7.2-03", "bulkId references in the data of a PATCH are stored as they are";
        BulkReferenceInPathAnswers500, "bulk-reference-in-path-answers-500", "RFC7644-3.7.2-03", "A bulkId in the path of an operation is answered with 500";
        BulkUnknownReferencesStored, "bulk-unknown-references-stored", "RFC7644-3.7.2-05", "A reference to a bulkId that there is not is stored as it is";
        BulkForwardReferencesStored, "bulk-forward-references-stored", "RFC7644-3.7.2-06", "A reference to a later operation is stored as it is";
        BulkCircularReferencesAnswer500, "bulk-circular-references-answer-500", "RFC7644-3.7.1-02", "Circular references are answered with 500";
        BulkCircularReferencesHalfDone, "bulk-circular-references-half-done", "RFC7644-3.7.1-01", "Of two groups that are members of each other the first one stays without";
        BulkIdsOutliveJob, "bulk-ids-outlive-job", "RFC7644-3.7.2-05", "A bulkId is known in later jobs too";
    }
    "cursor page" {
        CursorEmptyRefused, "cursor-empty-refused", "RFC9865-2-01", "An empty cursor is answered with 400";
        CursorPagesOverlap, "cursor-pages-overlap", "RFC9865-2-15", "Each page by cursor begins with the last resource of the page before";
        CursorPagesSkip, "cursor-pages-skip", "RFC9865-2-15", "Between two pages by cursor a resource is left out";
        CursorFilterForgotten, "cursor-filter-forgotten", "RFC9865-2-15", "The filter holds on the first page by cursor only";
        CursorSortIgnored, "cursor-sort-ignored", "RFC9865-2.2-01", "sortBy is ignored with a cursor";
        CursorNextEmptyAtEnd, "cursor-next-empty-at-end", "RFC9865-2-10", "The last page has an empty nextCursor";
        CursorItemsPerPageAsAsked, "cursor-items-per-page-as-asked", "RFC9865-2-19", "itemsPerPage of a page by cursor repeats count";
        CursorCountZeroMeansDefault, "cursor-count-zero-means-default", "RFC9865-2-07", "count=0 with a cursor returns resources";
        CursorNegativeCountMeansDefault, "cursor-negative-count-means-default", "RFC9865-2-06", "A negative count with a cursor returns resources";
        CursorDefaultPageSizeUntrue, "cursor-default-page-size-untrue", "RFC9865-2-08", "Without count a page by cursor has three resources, whatever defaultPageSize says";
        CursorPreviousAstray, "cursor-previous-astray", "RFC9865-2-13", "previousCursor leads to the same page";
        CursorSearchIgnored, "cursor-search-ignored", "RFC9865-3-01", ".search ignores cursor";
        CursorsExpireAtOnce, "cursors-expire-at-once", "RFC9865-4-08", "Cursors expire at once, whatever cursorTimeout says";
    }
    "cursor error" {
        CursorInvalidAnswers500, "cursor-invalid-answers-500", "RFC9865-2.1-01", "A wrong cursor is answered with 500";
        CursorInvalidWithoutScimType, "cursor-invalid-without-scim-type", "RFC9865-2.1-02", "The error for a wrong cursor has no scimType";
        CursorExpiredAnswers500, "cursor-expired-answers-500", "RFC9865-2.1-04", "Cursors live for a second, and an expired one is answered with 500";
        CursorCountTooLargeAnswers500, "cursor-count-too-large-answers-500", "RFC9865-2.1-05", "A count above maxPageSize with a cursor is answered with 500";
        CursorOfOtherQueryAnswers500, "cursor-of-other-query-answers-500", "RFC9865-2-17", "A cursor of another query is answered with 500";
        CursorWithStartIndexAnswers500, "cursor-with-start-index-answers-500", "RFC9865-2.4-04", "cursor and startIndex together are answered with 500";
        CursorSearchInvalidAnswers500, "cursor-search-invalid-answers-500", "RFC9865-3-02", "A wrong cursor in .search is answered with 500";
        CursorWithoutCredentials, "cursor-without-credentials", "RFC9865-5.2-02", "A page by cursor needs no credentials";
        CursorPrefixCompared, "cursor-prefix-compared", "RFC9865-5.2-04", "Only the first half of a cursor is looked at";
        CursorErrorLeaksQuery, "cursor-error-leaks-query", "RFC9865-5.2-05", "The error for a wrong cursor holds the query of the database";
    }
    "cursor choice" {
        CursorsReplaceIndex, "cursors-replace-index", "RFC9865-2.4-01", "startIndex is answered with a page by cursor";
        CursorsByDefaultUnsaid, "cursors-by-default-unsaid", "RFC9865-2.4-02", "Cursors are the default, and defaultPaginationMethod says index";
        PaginationUnsaid, "pagination-unsaid", "RFC9865-4-01", "There are cursors, and the configuration does not say so";
        PaginationCursorUntrue, "pagination-cursor-untrue", "RFC9865-4-03", "The configuration says that there are cursors, and cursor is ignored";
        PaginationCursorAsText, "pagination-cursor-as-text", "RFC9865-4-03", "pagination.cursor is a text";
        PaginationWithoutIndex, "pagination-without-index", "RFC9865-4-04", "pagination has no index";
        PaginationIndexUntrue, "pagination-index-untrue", "RFC9865-4-04", "The configuration says that there is no startIndex, and there is";
        PaginationMethodUnknown, "pagination-method-unknown", "RFC9865-4-05", "defaultPaginationMethod is neither cursor nor index";
        PaginationDefaultPageSizeZero, "pagination-default-page-size-zero", "RFC9865-4-06", "defaultPageSize is 0";
        PaginationMaxPageSizeAsText, "pagination-max-page-size-as-text", "RFC9865-4-07", "maxPageSize is a text";
        PaginationMaxPageSizeUntrue, "pagination-max-page-size-untrue", "RFC9865-4-07", "maxPageSize says 1, and pages are longer";
        PaginationTimeoutZero, "pagination-timeout-zero", "RFC9865-4-08", "cursorTimeout is 0";
    }
    "authentication" {
        AuthPutOpen, "auth-put-open", "RFC7644-2-11", "PUT needs no credentials";
        AuthPatchOpen, "auth-patch-open", "RFC7644-2-11", "PATCH needs no credentials";
        AuthDeleteOpen, "auth-delete-open", "RFC7644-2-11", "DELETE needs no credentials";
        AuthSearchOpen, "auth-search-open", "RFC7644-2-11", ".search needs no credentials";
        AuthChallengeWithoutScheme, "auth-challenge-without-scheme", "RFC7644-2-06", "WWW-Authenticate has parameters and no scheme";
        AuthChallengeOfOtherScheme, "auth-challenge-of-other-scheme", "RFC7644-2-06", "WWW-Authenticate names a scheme that is not among authenticationSchemes";
        AnonymousCreateAnswers500, "anonymous-create-answers-500", "RFC7644-2.2-01", "A create without credentials is answered with 500";
        AnonymousCreateStored, "anonymous-create-stored-though-refused", "RFC7644-2.2-01", "A create without credentials is answered with 401, and stored";
        AnonymousCreateNotStored, "anonymous-create-not-stored", "RFC7644-7.6-01", "A create without credentials is answered with 201, and not stored";
    }
    "creation" {
        CreateLocationRelative, "create-location-relative", "RFC7644-3.3-09", "Location after a create is a path";
        CreateDefaultDiffers, "create-default-differs", "RFC7644-3.1-09", "A user without active is answered as active and stored as inactive";
        CreateMinimalAnswers500, "create-minimal-answers-500", "RFC7644-3.3-04", "A user without name is answered with 500";
        CreateNullAsText, "create-null-as-text", "RFC7644-3.3-06", "null in a create is stored as the text null";
        CreateWrongTypeCoerced, "create-wrong-type-coerced", "RFC7644-3.3-14", "A value of the wrong type in a create is changed or dropped";
        RequiredMissingAnswers500, "required-missing-answers-500", "RFC7644-3.3-13", "A user without userName is answered with 500";
        RequiredMissingWithoutScimType, "required-missing-without-scim-type", "RFC7644-3.12-29", "The 400 for a user without userName has no scimType";
        ResourceTypeFromClient, "resource-type-from-client", "RFC7644-3.3.1-01", "The answer to a create has the meta.resourceType of the request";
        ResourceTypeUserEverywhere, "resource-type-user-everywhere", "RFC7644-3.3.1-01", "meta.resourceType of each resource is User";
    }
    "replacement" {
        ReplaceAnswerWithoutName, "replace-answer-without-name", "RFC7644-3.5.1-14", "The answer to a PUT has no name";
        ReplaceGroupLosesMembers, "replace-group-loses-members", "RFC7644-3.5.1-04", "PUT of a group empties it";
        ReplaceDropsNickName, "replace-drops-nick-name", "RFC7644-3.5.1-04", "PUT does not change nickName";
        ReplaceOmittedRefused, "replace-omitted-refused", "RFC7644-3.5.1-05", "A PUT without a nickName that was set is answered with 400";
        ReplaceKeepsNulled, "replace-keeps-nulled", "RFC7644-3.5.1-07", "PUT keeps what is null or empty in it";
        ReplaceReadOnlyStored, "replace-read-only-stored", "RFC7644-3.5.1-12", "PUT takes over meta.created and groups";
        ReplaceIdFromBody, "replace-id-from-body", "RFC7644-3.5.1-12", "PUT gives the user the id of the body";
        ReplaceUnknownCreatesSilently, "replace-unknown-creates-silently", "RFC7644-3.2-09", "PUT to an unknown id is answered with 404 and creates a resource";
        ImmutableReplaced, "immutable-replaced", "RFC7644-3.5.1-08", "PUT changes badgeNumber, which the schema calls immutable";
        ImmutableSilentlyKept, "immutable-silently-kept", "RFC7644-3.5.1-09", "PUT with another value for badgeNumber, which is immutable, is answered with 200 and ignored";
        ImmutableSameRefused, "immutable-same-refused", "RFC7644-3.5.1-10", "PUT with the same value for badgeNumber, which is immutable, is answered with 400";
        ImmutableFirstDropped, "immutable-first-dropped", "RFC7644-3.5.1-11", "PUT drops a first value for badgeNumber, which is immutable";
        ReplaceWithoutRequiredAccepted, "replace-without-required-accepted", "RFC7644-3.5.1-13", "PUT without userName is answered with 200";
        ReplaceDuplicateAnswers500, "replace-duplicate-answers-500", "RFC7644-3.5.1-15", "PUT with a taken userName is answered with 500";
        ReplaceDuplicateWithoutScimType, "replace-duplicate-without-scim-type", "RFC7644-3.12-24", "The refusal of a PUT with a taken userName has no scimType";
        ReplaceMalformedClears, "replace-malformed-clears", "RFC7644-3.5.1-16", "A PUT that is no JSON is answered with 400 and clears displayName";
        ReplaceWrongTypeStored, "replace-wrong-type-stored", "RFC7644-3.5.1-16", "PUT stores a text in place of another type";
        ReplaceExtensionHalfRemoved, "replace-extension-half-removed", "RFC7644-3.5.1-17", "PUT without the enterprise extension removes its values and leaves its URN in schemas";
        ReplaceAppendsTwice, "replace-appends-twice", "RFC7644-3.5.1-19", "PUT that changes nothing doubles emails";
        ReplaceUnchangedRefused, "replace-unchanged-refused", "RFC7644-3.5.1-19", "PUT that changes nothing is answered with 409";
        PatchAdvertisedAndMissing, "patch-advertised-and-missing", "RFC7644-3.5-03", "PATCH is advertised and answered with 501";
    }
    "reading" {
        IdsInListsDiffer, "ids-in-lists-differ", "RFC7644-3.4.1-01", "Resources in lists have another id than that by which they are read";
        ReadWithoutDisplayName, "read-without-display-name", "RFC7644-3.4-02", "A read resource has no displayName";
        ReadAnyType, "read-any-type", "RFC7644-3.4.1-04", "Each id is found at each endpoint";
        ResourceTypeInList, "resource-type-in-list", "RFC7644-3.4.1-02", "A single resource type comes in a list";
        SchemaByEncodedUrnNotFound, "schema-by-encoded-urn-not-found", "RFC7644-1.2-01", "A schema is not found by its URN with percent-encoded colons";
        SchemasAnswer500, "schemas-answer-500", "RFC7644-3.2-12", "Schemas is answered with 500";
    }
    "deletion" {
        DeletedCanBeReplaced, "deleted-can-be-replaced", "RFC7644-3.6-03", "PUT brings a deleted resource back";
        DeletedDeletesAgain, "deleted-deletes-again", "RFC7644-3.6-03", "DELETE of a deleted resource is answered with 204";
        DeleteOfGroupAsUser, "delete-of-group-as-user", "RFC7644-3.6-07", "DELETE removes whatever has the id, at each endpoint";
        GroupOfDeletedMemberAnswers500, "group-of-deleted-member-answers-500", "RFC7644-3.6-08", "A deleted user stays in its groups, and reading them is answered with 500";
        DeleteIfMatchIgnored, "delete-if-match-ignored", "RFC7644-3.6-10", "DELETE heeds no If-Match";
    }
    "protocol-version" {
        OtherVersionAnswers, "other-version-answers", "RFC7644-3.13-03", "Each version in the URL is taken for the latest";
        OtherVersionAnswers500, "other-version-answers-500", "RFC7644-3.13-03", "An unknown version in the URL is answered with 500";
        V1AnswersAsV2, "v1-answers-as-v2", "RFC7644-3.13-03", "Version 1 in the URL is answered as SCIM 2.0";
        UnversionedAnswersV1, "unversioned-answers-1-1", "RFC7644-3.13-04", "Without a version in the URL SCIM 1.1 answers";
        LocationWithoutPrefix, "location-without-prefix", "RFC7644-1.3-03", "Locations lack the path of the base URL";
        LocationWithoutVersion, "location-without-version", "RFC7644-3.13-02", "Locations lack the version of the base URL";
        LocationWithQuery, "location-with-query", "RFC7644-1.3-01", "Locations have a query string";
        LocationWithBlank, "location-with-blank", "RFC7644-1.2-01", "Locations have the type of the resource in brackets, unencoded";
    }
    "precondition" {
        EtagUnquoted, "etag-unquoted", "RFC7644-3.14-02", "ETag has no quotes";
        EtagMissingOnCreate, "etag-missing-on-create", "RFC7644-3.14-02", "The answer to a create has no ETag";
        EtagChangesByItself, "etag-changes-by-itself", "RFC7644-3.14-04", "ETag is another at each read";
        IfNoneMatchAlways304, "if-none-match-always-304", "RFC7644-3.14-06", "Each If-None-Match is answered with 304";
        IfNoneMatchStrong, "if-none-match-strong", "RFC7644-3.14-07", "If-None-Match never fits a weak tag";
        IfNoneMatchWithoutLists, "if-none-match-without-lists", "RFC7644-3.14-07", "If-None-Match with a list of tags never fits";
        NotModifiedWithError, "not-modified-with-error", "RFC7644-3.14-06", "An unchanged resource is answered with 412";
        IfMatchCheckedAfter, "if-match-checked-after", "RFC7644-3.14-09", "A PUT with a stale If-Match is answered with 412, and done";
        PatchIfMatchIgnored, "patch-if-match-ignored", "RFC7644-3.14-09", "PATCH heeds no If-Match";
        IfMatchAnyRefused, "if-match-any-refused", "RFC7644-3.14-11", "If-Match * is answered with 412";
        IfMatchAnyCreates, "if-match-any-creates", "RFC7644-3.14-11", "A PUT with If-Match * to an unknown id creates a resource";
        IfMatchNotAtomic, "if-match-not-atomic", "RFC7644-3.14-09", "Two PUTs at the same moment with the same If-Match are both done";
    }
    "alias" {
        MeLocationIsMe, "me-location-is-me", "RFC7644-3.11-05", "Location of /Me is /Me";
        MeInList, "me-in-list", "RFC7644-3.11-04", "/Me comes in a list";
        MeNotAllowed, "me-not-allowed", "RFC7644-3.11-02", "/Me is answered with 405";
        MeAnswers500, "me-answers-500", "RFC7644-3.11-01", "/Me is answered with 500";
        MeRedirectsNowhere, "me-redirects-nowhere", "RFC7644-3.11-03", "/Me redirects to an id that there isn't";
        MeCreateAnswers500, "me-create-answers-500", "RFC7644-3.11-06", "POST to /Me is answered with 500";
        MeCreateWithoutLocation, "me-create-without-location", "RFC7644-3.11-06", "POST to /Me is answered with 201 and no Location";
    }
    "error-report" {
        ErrorSchemasWithMore, "error-schemas-with-more", "RFC7644-3.12-03", "schemas of errors has a second URN";
        ErrorDetailAsObject, "error-detail-as-object", "RFC7644-3.12-06", "detail of errors is an object";
        BodyThatIsNoObjectAnswers500, "body-that-is-no-object-answers-500", "RFC7644-3.12-19", "JSON that is no object is answered with 500";
        OddParametersAnswer500, "odd-parameters-answer-500", "RFC7644-3.12-19", "count and startIndex that are no numbers are answered with 500";
        OddFilterAnswers500, "odd-filter-answers-500", "RFC7644-3.12-19", "A filter with a NUL is answered with 500";
        OddAttributesAnswer500, "odd-attributes-answer-500", "RFC7644-3.12-19", "attributes and sortBy that are no paths are answered with 500";
        DeepJsonAnswers500, "deep-json-answers-500", "RFC7644-3.12-19", "JSON that nests a hundred deep is answered with 500";
        OddMembersAnswer500, "odd-members-answer-500", "RFC7644-3.12-19", "A list of something else than objects in emails is answered with 500";
        PathFilterInvalidAccepted, "path-filter-invalid-accepted", "RFC7644-3.12-22", "A PATCH whose path has what is no filter is answered with success";
        LargeQueryRefusedWithoutWord, "large-query-refused-without-word", "RFC7644-3.12-23", "A count of 1000 is answered with 400 and invalidValue";
        PatchInvalidPathAccepted, "patch-invalid-path-accepted", "RFC7644-3.12-27", "A PATCH whose path is none is answered with success";
        PatchErrorsWithoutWord, "patch-errors-without-word", "RFC7644-3.12-28", "Errors of a PATCH have no scimType";
        BulkUnsupportedAnswers500, "bulk-unsupported-answers-500", "RFC7644-3.12-21", "There is no bulk, the configuration says so, and a bulk job is answered with 500";
        BulkAdvertisedAndMissing, "bulk-advertised-and-missing", "RFC7644-3.2-07", "Bulk is advertised and answered with 501";
        PatchUnsupportedAnswers500, "patch-unsupported-answers-500", "RFC7644-3.12-21", "There is no PATCH, the configuration says so, and a PATCH is answered with 500";
        BulkErrorsWithoutWord, "bulk-errors-without-word", "RFC7644-3.12-33", "Errors in a bulk response have no scimType";
        PayloadTooLargeAnswers500, "payload-too-large-answers-500", "RFC7644-3.12-18", "A body that is too large is answered with 500";
        PayloadTooLargeAccepted, "payload-too-large-accepted", "RFC7644-3.12-18", "A bulk job that is too large is answered with 200";
        BusyAnswers500, "busy-answers-500", "RFC7644-7.6-02", "Each fifth list is answered with 500";
        SensitiveFilterRefusedEverywhere, "sensitive-filter-refused-everywhere", "RFC7644-7.5.2-04", "A filter on emails is answered with 403, by POST too";
        SensitiveFilterWithOtherStatus, "sensitive-filter-with-other-status", "RFC7644-7.5.2-03", "A filter on emails by GET is answered with 403, and the body says 400";
    }
    "endpoint" {
        QueryDecodedTwice, "query-decoded-twice", "RFC7644-1.2-01", "Filters are percent-decoded twice";
        GroupsEndpointWrong, "groups-endpoint-wrong", "RFC7644-3.2-02", "The endpoint of Group is /Teams";
        EntitlementEndpointSingular, "entitlement-endpoint-singular", "RFC7644-3.2-03", "Entitlements live at /Entitlement";
        ResourceTypesWithoutSchemasUrn, "resource-types-without-schemas-urn", "RFC7644-3.2-12", "The list of resource types has no schemas";
        SchemasWithoutCardinality, "schemas-without-cardinality", "RFC7644-3.1-04", "Attributes in Schemas have no multiValued";
        SchemasMutabilityOtherWord, "schemas-mutability-other-word", "RFC7644-3.1-04", "mutability in Schemas is read-write for readWrite";
        MessageUrnsOfDraft, "message-urns-of-draft", "RFC7644-8.2-01", "Lists and errors have the URNs of a draft";
        MessageSchemasPublished, "message-schemas-published", "RFC7644-3.1-06", "The schema of ListResponse is among Schemas";
        ProjectionWithoutSchemas, "projection-without-schemas", "RFC7644-3.1-02", "Resources of which attributes are asked for have no schemas";
        UndefinedMethodAnswers500, "undefined-method-answers-500", "RFC7644-3.2-13", "A method that an endpoint does not have is answered with 500";
        UndefinedMethodAccepted, "undefined-method-accepted", "RFC7644-3.2-13", "PUT and PATCH of an endpoint are answered with 200";
        SearchAnswers500, "search-answers-500", "RFC7644-3.2-14", ".search is answered with 500";
    }
    "negotiation" {
        AcceptJsonRefused, "accept-json-refused", "RFC7644-3.8-07", "Accept: application/json is answered with 406";
        AcceptOtherAnswers500, "accept-other-answers-500", "RFC7644-3.8-12", "An Accept that the server does not know is answered with 500";
        AcceptOtherAnswersHtml, "accept-other-answers-html", "RFC7644-3.8-12", "An Accept that the server does not know is answered with an HTML page";
        BodyJsonIgnored, "body-json-ignored", "RFC7644-3.8-10", "A create typed application/json is answered with 200 and does nothing";
        BodyMediaTypeIgnored, "body-media-type-ignored", "RFC7644-3.8-11", "A body of any media type is read as JSON";
        BodyOtherMediaTypeHalfStored, "body-other-media-type-half-stored", "RFC7644-3.8-11", "A create of another media type is answered with 415, and stored";
        BodyReadAsLatin1, "body-read-as-latin-1", "RFC7644-3.8-02", "A body without a charset is read as ISO 8859-1";
        SuffixAnswers500, "suffix-answers-500", "RFC7644-3.8-13", "A path that ends in .scim is answered with 500";
        SuffixAnswersOther, "suffix-answers-other", "RFC7644-3.8-13", "A path that ends in .scim gives the first user";
        NameAsString, "name-as-string", "RFC7644-3.8-14", "name is a string in place of an object";
    }
    "precis" {
        PrecisFormsNotCompared, "precis-forms-not-compared", "RFC7644-5-01", "userNames are compared without preparing them";
        PrecisFilterNotPrepared, "precis-filter-not-prepared", "RFC7644-7.8-01", "Filters are compared without preparing the strings";
    }
    "rfc7643-user" {
        ReplaceWithoutUserNameAccepted, "replace-without-user-name-accepted", "RFC7643-4.1.1-03", "A PUT without userName is accepted, and the user is called unnamed";
        UserTypeRestricted, "user-type-restricted", "RFC7643-4.1.1-13", "A userType other than Employee and Contractor is answered with 400";
        ProfileUrlTruncated, "profile-url-truncated", "RFC7643-4.1.1-14", "profileUrl is cut after 24 characters";
        ProfileUrlCrashes, "profile-url-crashes", "RFC7643-4.1.1-14", "A profileUrl that is no URI is answered with 500";
        PreferredLanguageSingleTag, "preferred-language-single-tag", "RFC7643-4.1.1-15", "A preferredLanguage of several languages is answered with 400";
        LocaleListedOnly, "locale-listed-only", "RFC7643-4.1.1-16", "A locale that is not on a list of six is answered with 400";
        LocaleUnderscoreCrashes, "locale-underscore-crashes", "RFC7643-4.1.1-17", "A locale with an underscore is answered with 500";
        LocaleUnderscoreBecomesDefault, "locale-underscore-becomes-default", "RFC7643-4.1.1-17", "A locale with an underscore is stored as en-US";
        TimezoneAsOffset, "timezone-as-offset", "RFC7643-4.1.1-18", "timezone is stored as an offset";
        CreateDisplayNameDemanded, "create-display-name-demanded", "RFC7643-4.1.1-08", "A user without displayName is answered with 400";
        CreateIgnoresActiveFalse, "create-ignores-active-false", "RFC7643-4.1.1-19", "A user that is created inactive is active";
        PasswordReturnedWhenAsked, "password-returned-when-asked", "RFC7643-4.1.1-29", "attributes=password gives the password, masked";
        PasswordHashReturned, "password-hash-returned", "RFC7643-4.1.1-20", "Each User has a hash of its password";
        PasswordInSearch, "password-in-search", "RFC7643-4.1.1-20", "A search that asks for password gets it, masked";
        PasswordPolicyCrashes, "password-policy-crashes", "RFC7643-4.1.1-23", "A password of fewer than eight characters is answered with 500";
        PasswordFilterCrashes, "password-filter-crashes", "RFC7643-4.1.1-27", "A filter on password is answered with 500";
        ChangePasswordRefused, "change-password-refused", "RFC7643-4.1.1-30", "A new password in a PUT or PATCH is answered with 400";
        EmailTagStripped, "email-tag-stripped", "RFC7643-4.1.2-02", "What stands after a plus sign in an e-mail address is dropped";
        DisplayRefused, "display-refused", "RFC7643-4.1.2-03", "display in emails and phoneNumbers is answered with 400";
        DisplayAsObject, "display-as-object", "RFC7643-4.1.2-07", "display in emails and phoneNumbers is returned as an object";
        UnknownTypeBecomesOther, "unknown-type-becomes-other", "RFC7643-7-22", "Types of emails and phoneNumbers that are not on the list are stored as other";
        UnknownTypeCrashes, "unknown-type-crashes", "RFC7643-4.1.2-04", "A type of emails or phoneNumbers that is not on the list is answered with 500";
        PhoneCountryDropped, "phone-country-dropped", "RFC7643-4.1.2-06", "The country of a telephone number is dropped";
        CreateDropsIms, "create-drops-ims", "RFC7643-4.1.2-09", "ims are not stored";
        ImTypesRefused, "im-types-refused", "RFC7643-4.1.2-10", "ims of type gtalk and qq are answered with 400";
        PhotoUrlRewritten, "photo-url-rewritten", "RFC7643-4.1.2-12", "The URL of a photo is rewritten";
        PhotoTypesSwapped, "photo-types-swapped", "RFC7643-4.1.2-16", "photo and thumbnail change places";
        AddressStreetDemanded, "address-street-demanded", "RFC7643-4.1.2-17", "An address without streetAddress is answered with 400";
        AddressLinesJoined, "address-lines-joined", "RFC7643-4.1.2-18", "Line breaks in addresses are stored as blanks";
        CountrySpeltOut, "country-spelt-out", "RFC7643-4.1.2-20", "The country US is stored as United States";
        CountryNotChecked, "country-not-checked", "RFC7643-4.1.2-20", "Any text is taken for a country";
        CertificateAsPem, "certificate-as-pem", "RFC7643-4.1.2-31", "Certificates are returned as PEM";
        CertificateChainCut, "certificate-chain-cut", "RFC7643-4.1.2-32", "Of several certificates in one value half is stored";
        CertificateChainCrashes, "certificate-chain-crashes", "RFC7643-4.1.2-32", "Several certificates in one value are answered with 500";
    }
    "rfc7643-group" {
        GroupSchemasOfUser, "group-schemas-of-user", "RFC7643-4.2-01", "A Group has the schemas of a User";
        MemberValueChanged, "member-value-changed", "RFC7643-4.2-04", "PATCH may turn a member into another";
        MemberValueChangeIgnored, "member-value-change-ignored", "RFC7643-4.2-04", "PATCH of a member's value is answered with success and changes nothing";
        MemberRefOfOther, "member-ref-of-other", "RFC7643-4.2-06", "$ref of members leads to the group itself";
        MemberRefDangles, "member-ref-dangles", "RFC7643-4.2-06", "$ref of members leads nowhere";
        MemberTypeWrong, "member-type-wrong", "RFC7643-4.2-07", "type of members is user, in small letters";
        NestedGroupsDropped, "nested-groups-dropped", "RFC7643-4.2-08", "Groups among the members of a new group are dropped";
        NestedGroupsCrash, "nested-groups-crash", "RFC7643-4.2-08", "A group among the members is answered with 500";
        RequiredMemberValueNotDemanded, "required-member-value-not-demanded", "RFC7643-4.2-09", "members.value is published as required, and a member without it is accepted";
        UserGroupsValueIsName, "user-groups-value-is-name", "RFC7643-4.1.2-26", "value in groups of a user is the group's name";
        UserGroupsRefDangles, "user-groups-ref-dangles", "RFC7643-4.1.2-27", "$ref in groups of a user leads nowhere";
        UserGroupsTypeUnknown, "user-groups-type-unknown", "RFC7643-4.1.2-23", "type in groups of a user is member";
        UserGroupsIndirectAsDirect, "user-groups-indirect-as-direct", "RFC7643-4.1.2-22", "Memberships through another group are shown as direct";
        UserGroupsWriteJoins, "user-groups-write-joins", "RFC7643-4.1.2-28", "groups in a new user makes it a member";
        PatchGroupsIgnored, "patch-groups-ignored", "RFC7643-4.1.2-29", "PATCH of groups of a user is answered with success and changes nothing";
    }
    "rfc7643-enterprise" {
        EmployeeNumberAsNumber, "employee-number-as-number", "RFC7643-4.3-02", "employeeNumber is returned as a number";
        ManagerAsArray, "manager-as-array", "RFC7643-4.3-03", "manager is returned in an array";
        ManagerAsText, "manager-as-text", "RFC7643-4.3-03", "manager is returned as a text";
        ManagerValueIsName, "manager-value-is-name", "RFC7643-4.3-04", "manager.value is the manager's name";
        ManagerRefDangles, "manager-ref-dangles", "RFC7643-4.3-05", "manager.$ref leads nowhere";
        ManagerNameFromClient, "manager-name-from-client", "RFC7643-4.3-07", "manager.displayName is taken from the client";
        PatchManagerNameIgnored, "patch-manager-name-ignored", "RFC7643-4.3-07", "PATCH of manager.displayName is answered with success and changes nothing";
    }
    "rfc7643-config" {
        ConfigWithoutSchemas, "config-without-schemas", "RFC7643-5-01", "ServiceProviderConfig has no schemas";
        ConfigIdIsNumber, "config-id-is-number", "RFC7643-5-03", "ServiceProviderConfig has a number for its id";
        ConfigWritable, "config-writable", "RFC7643-5-02", "PUT and PATCH of ServiceProviderConfig are answered with 200";
        ConfigDocumentationUriRelative, "config-documentation-uri-relative", "RFC7643-5-04", "documentationUri is a path";
        ConfigSchemeUrisRelative, "config-scheme-uris-relative", "RFC7643-5-27", "specUri of the authentication schemes is a path";
        ConfigWithoutBulk, "config-without-bulk", "RFC7643-5-07", "ServiceProviderConfig has no bulk";
        ConfigBulkLimitsAsText, "config-bulk-limits-as-text", "RFC7643-5-09", "bulk.maxOperations is a text";
        ConfigBulkLimitsZero, "config-bulk-limits-zero", "RFC7643-5-09", "bulk is supported, and maxOperations is 0";
        ConfigWithoutMaxResults, "config-without-max-results", "RFC7643-5-13", "ServiceProviderConfig has no filter.maxResults";
        ConfigMaxResultsAsText, "config-max-results-as-text", "RFC7643-5-13", "filter.maxResults is a text";
        ConfigMaxResultsZero, "config-max-results-zero", "RFC7643-5-13", "filter is supported, and maxResults is 0";
        ConfigMaxResultsUnderstated, "config-max-results-understated", "RFC7643-5-14", "filter.maxResults is 2, and lists are longer";
        ConfigWithoutChangePassword, "config-without-change-password", "RFC7643-5-15", "ServiceProviderConfig has no changePassword";
        ConfigWithoutSort, "config-without-sort", "RFC7643-5-17", "ServiceProviderConfig has no sort";
        ConfigWithoutEtag, "config-without-etag", "RFC7643-5-19", "ServiceProviderConfig has no etag";
        ConfigSchemeWithoutType, "config-scheme-without-type", "RFC7643-5-23", "Authentication schemes have no type";
        ConfigSchemeWithoutName, "config-scheme-without-name", "RFC7643-5-25", "Authentication schemes have no name";
        ConfigSchemeWithoutDescription, "config-scheme-without-description", "RFC7643-5-26", "Authentication schemes have no description";
        ConfigSchemeTypeUnknown, "config-scheme-type-unknown", "RFC7643-5-24", "The type of the authentication schemes is bearer";
        ConfigAnonymousCrashes, "config-anonymous-crashes", "RFC7643-5-22", "ServiceProviderConfig without credentials is answered with 500";
        ConfigAnonymousWithoutSchemes, "config-anonymous-without-schemes", "RFC7643-5-22", "ServiceProviderConfig without credentials has no authenticationSchemes";
        ConfigUntruePatch, "config-untrue-patch", "RFC7643-5-29", "PATCH is advertised and answered with 501";
        UnsupportedPatchCrashes, "unsupported-patch-crashes", "RFC7643-5-29", "PATCH is not advertised and answered with 500";
        ConfigUntrueBulk, "config-untrue-bulk", "RFC7643-5-29", "Bulk is advertised and answered with 501";
        UnsupportedBulkCrashes, "unsupported-bulk-crashes", "RFC7643-5-29", "Bulk is not advertised and answered with 500";
        UnsupportedSortCrashes, "unsupported-sort-crashes", "RFC7643-5-29", "Sorting is not advertised, and sortBy is answered with 500";
        UnsupportedPasswordCrashes, "unsupported-password-crashes", "RFC7643-5-29", "Changing passwords is not advertised, and a password is answered with 500";
    }
    "rfc7643-resource-types" {
        ResourceTypesWritable, "resource-types-writable", "RFC7643-6-01", "PUT, PATCH and DELETE of resource types are answered with 200";
        ResourceTypesWithoutSchemas, "resource-types-without-schemas", "RFC7643-6-02", "Resource types have no schemas";
        ResourceTypesWithoutName, "resource-types-without-name", "RFC7643-6-05", "Resource types have no name";
        ResourceTypesEndpointAbsolute, "resource-types-endpoint-absolute", "RFC7643-6-10", "The endpoint of Group is a URL of another host";
        ResourceTypesShareEndpoint, "resource-types-share-endpoint", "RFC7643-6-11", "Two resource types have the same endpoint";
        ResourceTypesShareName, "resource-types-share-name", "RFC7643-6-05", "Two resource types have the same name";
        ResourceTypeIdIsNumber, "resource-type-id-is-number", "RFC7643-6-04", "Resource types have a number for their id";
        ResourceTypeOfUsersNamedUsers, "resource-type-of-users-named-users", "RFC7643-6-06", "The type at /Users is named Users";
        ResourceTypesWithoutDescription, "resource-types-without-description", "RFC7643-6-09", "Resource types have no description";
        ExtensionsAsObject, "extensions-as-object", "RFC7643-6-14", "schemaExtensions is an object in place of an array";
        ExtensionsWithoutSchema, "extensions-without-schema", "RFC7643-6-15", "schemaExtensions have no schema";
        ExtensionsWithoutRequired, "extensions-without-required", "RFC7643-6-17", "schemaExtensions do not say whether they are required";
        ExtensionsRequiredAsText, "extensions-required-as-text", "RFC7643-6-17", "required of schemaExtensions is a text";
        OptionalExtensionDemanded, "optional-extension-demanded", "RFC7643-6-19", "A user without the enterprise extension is answered with 400, though it is optional";
        RequiredExtensionNotDemanded, "required-extension-not-demanded", "RFC7643-6-18", "The enterprise extension is published as required, and not demanded";
    }
    "rfc7643-schemas" {
        SchemasWritable, "schemas-writable", "RFC7643-7-02", "PUT, PATCH and DELETE of schemas are answered with 200";
        SchemasWithoutSchemas, "schemas-without-schemas", "RFC7643-7-03", "Schemas have no schemas";
        SchemasWithoutId, "schemas-without-id", "RFC7643-7-05", "Schemas have no id";
        SchemasListedTwice, "schemas-listed-twice", "RFC7643-7-05", "The first schema is listed twice";
        SchemaByUrnOfOther, "schema-by-urn-of-other", "RFC7643-7-05", "A single schema is always that of User";
        SchemasAttributesDropId, "schemas-attributes-drop-id", "RFC7643-7-06", "attributes at Schemas leaves out id";
        SchemasWithoutName, "schemas-without-name", "RFC7643-7-08", "Schemas have no name";
        SchemasWithoutDescription, "schemas-without-description", "RFC7643-7-10", "Schemas have no description";
        SchemasNameAsObject, "schemas-name-as-object", "RFC7643-7-07", "The name of schemas is an object with languages";
        SchemasAttributesAsObject, "schemas-attributes-as-object", "RFC7643-7-12", "attributes of schemas is an object in place of an array";
        DefinitionsWithoutName, "definitions-without-name", "RFC7643-7-13", "The definition of title has no name";
        SubDefinitionsWithoutName, "sub-definitions-without-name", "RFC7643-7-13", "The definitions of formatted have no name";
        DefinitionsListedTwice, "definitions-listed-twice", "RFC7643-7-13", "The first attribute of a schema is there twice";
        DefinitionsTypeInCapitals, "definitions-type-in-capitals", "RFC7643-7-14", "The type string is written String";
        SubDefinitionsWithoutType, "sub-definitions-without-type", "RFC7643-7-16", "Sub-attributes have no type";
        ComplexWithoutSubAttributes, "complex-without-sub-attributes", "RFC7643-7-15", "Complex attributes have no subAttributes";
        SubAttributesAsObject, "sub-attributes-as-object", "RFC7643-7-15", "subAttributes is an object in place of an array";
        DefinitionsMultiValuedAsText, "definitions-multi-valued-as-text", "RFC7643-7-17", "multiValued is a text";
        SubDefinitionsWithoutMultiValued, "sub-definitions-without-multi-valued", "RFC7643-7-17", "Sub-attributes have no multiValued";
        DefinitionsWithoutDescription, "definitions-without-description", "RFC7643-7-18", "Attributes have no description";
        DefinitionsDescriptionAsList, "definitions-description-as-list", "RFC7643-7-18", "The description of attributes is a list";
        DefinitionsRequiredAsText, "definitions-required-as-text", "RFC7643-7-19", "required of attributes is a text";
        DefinitionsWithoutRequired, "definitions-without-required", "RFC7643-7-19", "Attributes have no required";
        CanonicalValuesAsObjects, "canonical-values-as-objects", "RFC7643-7-20", "canonicalValues are objects";
        CanonicalValuesAsText, "canonical-values-as-text", "RFC7643-7-20", "canonicalValues is a text with commas";
        DefinitionsCaseExactAsText, "definitions-case-exact-as-text", "RFC7643-7-23", "caseExact of attributes is a text";
        DefinitionsWithoutCaseExact, "definitions-without-case-exact", "RFC7643-7-23", "Attributes have no caseExact";
        DefinitionsMutabilityInLowerCase, "definitions-mutability-in-lower-case", "RFC7643-7-27", "mutability is written in small letters";
        DefinitionsReturnedUnknown, "definitions-returned-unknown", "RFC7643-7-35", "returned is onDefault in place of default";
        DefinitionsUniquenessUnknown, "definitions-uniqueness-unknown", "RFC7643-7-42", "uniqueness is unique in place of server";
        WriteOnlyPublishedAsReturned, "write-only-published-as-returned", "RFC7643-7-34", "password is published as returned by default";
        ReferenceTypesUnknown, "reference-types-unknown", "RFC7643-7-49", "referenceTypes are Users, which is no resource type";
        ReferenceTypesOnStrings, "reference-types-on-strings", "RFC7643-7-50", "Strings have referenceTypes";
        UserSchemaEmailsSingle, "user-schema-emails-single", "RFC7643-8.7.1-01", "emails is published as single-valued";
        UserSchemaActiveAsText, "user-schema-active-as-text", "RFC7643-8.7.1-01", "active is published as a string";
        GroupSchemaMembersAsText, "group-schema-members-as-text", "RFC7643-8.7.1-01", "members is published as a string";
        EnterpriseSchemaManagerAsText, "enterprise-schema-manager-as-text", "RFC7643-8.7.1-01", "manager is published as a string";
        UserSchemaUserNameOptional, "user-schema-user-name-optional", "RFC7643-4.1.1-03", "userName is published as optional";
        UserSchemaUserNameCaseExact, "user-schema-user-name-case-exact", "RFC7643-8.7.1-01", "userName is published as case-exact";
        UserSchemaPasswordReadable, "user-schema-password-readable", "RFC7643-4.1.1-29", "password is published as readWrite";
        ConfigSchemaDiffers, "config-schema-differs", "RFC7643-8.7.2-01", "maxOperations is published as a string";
        ResourceTypeSchemaDiffers, "resource-type-schema-differs", "RFC7643-8.7.2-01", "schemaExtensions is published as a string";
        SchemaSchemaDiffers, "schema-schema-differs", "RFC7643-8.7.2-01", "caseExact is published as a string";
        SchemaUrnMalformed, "schema-urn-malformed", "RFC7643-10.2.1-01", "The id of the Group schema is urn:ietf:params:scim:Group";
        SchemaUrnMadeUp, "schema-urn-made-up", "RFC7643-10.2.1-01", "The Role schema has a URN of the IETF that is not registered";
        ResourcesOfUnpublishedSchema, "resources-of-unpublished-schema", "RFC7643-7-01", "Users have a URN in schemas that is not among the schemas";
    }
    "rfc7643-schema-behaviour" {
        ReplaceTakesMeta, "replace-takes-meta", "RFC7643-7-28", "PUT takes over meta.created";
        ReplaceIdCrashes, "replace-id-crashes", "RFC7643-7-28", "A PUT with another id is answered with 500";
        ImmutableChanged, "immutable-changed", "RFC7643-7-31", "An attribute that is published as immutable is changed by PUT";
        ImmutableDropped, "immutable-dropped", "RFC7643-7-30", "An attribute that is published as immutable is not stored";
        RequestAttributeAlwaysReturned, "request-attribute-always-returned", "RFC7643-7-41", "An attribute that is published as returned on request is always returned";
        RequestAttributeNeverReturned, "request-attribute-never-returned", "RFC7643-7-40", "An attribute that is published as returned on request is never returned";
        DisplayNameUnique, "display-name-unique", "RFC7643-7-45", "A second user with the same displayName is refused";
        CanonicalTypeRefused, "canonical-type-refused", "RFC7643-7-21", "E-mail addresses of type home are answered with 400";
        InjectionWidensFilter, "injection-widens-filter", "RFC7643-9.2-03", "A filter with ' OR ' in its value finds everybody";
        InjectionCrashes, "injection-crashes", "RFC7643-9.2-03", "A displayName with '; in it is answered with 500";
        DisplayNameTrimsQuotes, "display-name-trims-quotes", "RFC7643-9.2-03", "Quotes are taken out of displayName";
        NulEndsText, "nul-ends-text", "RFC7643-9.2-03", "displayName is cut at a NUL character";
        NulCrashes, "nul-crashes", "RFC7643-9.2-03", "A displayName with a NUL character is answered with 500";
    }
    "rfc7644-discovery" {
        SchemasTotalResultsWrong, "schemas-total-results-wrong", "RFC7644-4-09", "totalResults of Schemas is ten too many";
        SchemasCutShort, "schemas-cut-short", "RFC7644-4-05", "Schemas has the first one only";
        ResourceTypesTotalResultsWrong, "resource-types-total-results-wrong", "RFC7644-4-09", "totalResults of ResourceTypes is ten too many";
        ResourceTypesEndpointsAsList, "resource-types-endpoints-as-list", "RFC7644-4-07", "The endpoint of User is a list of two";
        SchemaInList, "schema-in-list", "RFC7644-4-08", "A single schema comes in a list";
        UnknownSchemaAnswers200, "unknown-schema-answers-200", "RFC7644-4-12", "An unknown schema is answered with an empty object";
        UnknownSchemaAnswers500, "unknown-schema-answers-500", "RFC7644-4-12", "An unknown schema is answered with 500";
        UnknownResourceTypeAnswers200, "unknown-resource-type-answers-200", "RFC7644-4-12", "An unknown resource type is answered with an empty object";
        DiscoveryPages, "discovery-pages", "RFC7644-4-10", "Schemas and ResourceTypes heed startIndex and count";
        DiscoveryParametersRefused, "discovery-parameters-refused", "RFC7644-4-10", "Paging and sorting parameters at Schemas and ResourceTypes are answered with 400";
        DiscoveryFilterCrashes, "discovery-filter-crashes", "RFC7644-4-11", "A filter at Schemas or ResourceTypes is answered with 500";
    }
    "rfc7644-lists" {
        UnknownParameterEmpties, "unknown-parameter-empties", "RFC7644-3.4.2-03", "A query parameter that nobody defined is taken for a filter that nothing matches";
        RootUsersOnly, "root-users-only", "RFC7644-3.4.2.1-02", "A query at the root looks at users only";
        RootFilterIgnored, "root-filter-ignored", "RFC7644-3.4.2.1-05", "filter is ignored at the root";
        RootResourceTypeIgnored, "root-resource-type-ignored", "RFC7644-3.4.2.1-03", "meta.resourceType in a filter is ignored at the root";
        RootUnknownRefused, "root-unknown-refused", "RFC7644-3.4.2.1-06", "At the root, an attribute that one of the types lacks is answered with 400";
        RootUndefinedMatches, "root-undefined-matches", "RFC7644-3.4.2.1-07", "At the root, a type matches whatever is asked of an attribute that it lacks";
        RootTooManyUntyped, "root-too-many-untyped", "RFC7644-3.4.2.1-04", "Too many results at the root are answered with 400 without scimType";
    }
    "rfc7644-filters" {
        FilterEqAsCo, "filter-eq-as-co", "RFC7644-3.4.2.2-11", "eq is taken for co";
        FilterGeAsGt, "filter-ge-as-gt", "RFC7644-3.4.2.2-18", "ge is taken for gt";
        FilterLtAsLe, "filter-lt-as-le", "RFC7644-3.4.2.2-18", "lt is taken for le";
        FilterLikeWildcards, "filter-like-wildcards", "RFC7644-3.4.2.2-13", "% and _ are wildcards in co, sw and ew";
        FilterPrOnComplexFindsNothing, "filter-pr-on-complex-finds-nothing", "RFC7644-3.4.2.2-17", "pr on a complex attribute finds nothing";
        FilterDatesAsText, "filter-dates-as-text", "RFC7644-3.4.2.2-19", "Times are compared as texts";
        FilterOnBinaryOrdered, "filter-on-binary-ordered", "RFC7644-3.4.2.2-22", "gt and its kin on a binary value are accepted";
        FilterNotRefused, "filter-not-refused", "RFC7644-3.4.2.2-36", "not is answered with 400";
        FilterNotLosesUnassigned, "filter-not-loses-unassigned", "RFC7644-3.4.2.2-25", "not leaves out what has no value there, as SQL does with NULL";
        FilterNotBindsLoosest, "filter-not-binds-loosest", "RFC7644-3.4.2.2-39", "not takes all that follows it";
        FilterGroupingIgnored, "filter-grouping-ignored", "RFC7644-3.4.2.2-26", "Parentheses are skipped";
        FilterRestIgnored, "filter-rest-ignored", "RFC7644-3.4.2.2-23", "Only the first comparison of a filter is read";
        FilterTrailingTextIgnored, "filter-trailing-text-ignored", "RFC7644-3.4.2.2-31", "What follows the last quote of a filter is not read";
        FilterEmptyAnswers500, "filter-empty-answers-500", "RFC7644-3.4.2.2-08", "An empty filter is answered with 500";
        FilterUnknownOperatorAsEq, "filter-unknown-operator-as-eq", "RFC7644-3.4.2.2-44", "An unknown operator is taken for eq";
        FilterUnquotedAccepted, "filter-unquoted-accepted", "RFC7644-3.4.2.2-33", "A text without double quotes is accepted";
        FilterValuePathUnchecked, "filter-value-path-unchecked", "RFC7644-3.4.2.2-29", "Brackets that hold no filter are taken for pr";
        FilterGroupedValuePathRefused, "filter-grouped-value-path-refused", "RFC7644-3.4.2.2-30", "Brackets take comparisons joined by and, and nothing else";
        FilterFirstValueOnly, "filter-first-value-only", "RFC7644-3.4.2.2-40", "Only the first value of a multi-valued attribute is compared";
        FilterMultiValuedAloneFindsNothing, "filter-multi-valued-alone-finds-nothing", "RFC7644-3.4.2.2-38", "A multi-valued attribute without a sub-attribute is compared as a whole, and equals nothing";
        FilterSubAttributesRefused, "filter-sub-attributes-refused", "RFC7644-3.4.2.2-41", "A sub-attribute is answered with 400";
        FilterExtensionFindsNothing, "filter-extension-finds-nothing", "RFC7644-3.4.2.2-35", "A filter on an attribute of an extension finds nothing";
        FilterSchemasFindsNothing, "filter-schemas-finds-nothing", "RFC7644-3.4.2.2-46", "A filter on schemas finds nothing";
        FilterUrnCaseSensitive, "filter-urn-case-sensitive", "RFC7644-3.10-05", "The URN in an attribute's name heeds case";
        FilterUnknownAttributeFindsAll, "filter-unknown-attribute-finds-all", "RFC7644-3.4.2.2-49", "A comparison with an attribute that there isn't is left out";
        FilterNumbersAsTexts, "filter-numbers-as-texts", "RFC7644-3.4.2.2-20", "Numbers are compared as texts: users have a seatNumber then";
        FilterForeignNameInBracketsFindsAll, "filter-foreign-name-in-brackets-finds-all", "RFC7644-3.4.2.2-29", "Brackets with a name that is no sub-attribute are dropped with the whole filter";
        FilterComplexAloneFindsAll, "filter-complex-alone-finds-all", "RFC7644-3.4.2.2-41", "A filter that compares a complex attribute as a whole is dropped";
        FilterNullAnswers500, "filter-null-answers-500", "RFC7644-3.4.2.2-32", "A comparison with null is answered with 500";
        FilterApostropheAnswers500, "filter-apostrophe-answers-500", "RFC7644-3.4.2.2-32", "An apostrophe in a filter is answered with 500";
        FilterUnicodeEscapeKept, "filter-unicode-escape-kept", "RFC7644-3.4.2.2-32", "The \\u escapes of JSON are not decoded in a filter";
        FilterDefaultUnknown, "filter-default-unknown", "RFC7644-3.4.2.2-42", "A default that the server gave is returned and not compared";
        FilterBooleanTextFindsAll, "filter-boolean-text-finds-all", "RFC7644-3.4.2.2-32", "A boolean compared with a text matches everything";
    }
    "rfc7644-sorting" {
        SortAnswers500, "sort-answers-500", "RFC7644-3.4.2.3-01", "sortBy is answered with 500";
        SortByFirstValue, "sort-by-first-value", "RFC7644-3.4.2.3-05", "Of several values the first is sorted by, not the primary one";
        SortSubAttributeIgnored, "sort-sub-attribute-ignored", "RFC7644-3.4.2.3-06", "sortBy of a sub-attribute is ignored";
        SortComplexAnswers500, "sort-complex-answers-500", "RFC7644-3.4.2.3-06", "sortBy of a complex attribute is answered with 500";
        SortDropsMissing, "sort-drops-missing", "RFC7644-3.4.2.3-07", "Resources without a value to sort by are left out";
        SortMissingAlwaysLast, "sort-missing-always-last", "RFC7644-3.4.2.3-07", "Resources without a value come last in descending order too";
        SortUnknownOrderAnswers500, "sort-unknown-order-answers-500", "RFC7644-3.4.2.3-08", "A sortOrder that there isn't is answered with 500";
        SortExternalIdIgnoresCase, "sort-external-id-ignores-case", "RFC7644-3.4.2.3-11", "externalId is sorted without its case";
        SortMetaIgnored, "sort-meta-ignored", "RFC7644-3.4.2.3-12", "sortBy of meta is ignored";
        SortUrnIgnored, "sort-urn-ignored", "RFC7644-3.10-01", "sortBy with a URN is ignored";
        SortNamesCaseSensitive, "sort-names-case-sensitive", "RFC7644-3.10-05", "sortBy in another case is ignored";
    }
    "rfc7644-pages" {
        StartIndexSaidAsAsked, "start-index-said-as-asked", "RFC7644-3.4.2.4-04", "startIndex of an answer repeats what was asked for, 0 and less too";
        StartIndexDefaultsToZero, "start-index-defaults-to-zero", "RFC7644-3.4.2.4-03", "startIndex of an answer is 0 if none was asked for";
        CountLargeRefused, "count-large-refused", "RFC7644-3.4.2.4-07", "A count above the largest page is answered with 400";
        ConfigMaxResultsTooLow, "config-max-results-too-low", "RFC7644-3.4.2.4-10", "filter.maxResults says less than pages have";
        PageNotANumberAnswers500, "page-not-a-number-answers-500", "RFC7644-3.4.2.4-16", "startIndex or count that is no number is answered with 500";
        ListOrderByChange, "list-order-by-change", "RFC7644-3.4.2.4-14", "What was changed last is listed last";
    }
    "rfc7644-projections" {
        AttributesIgnoredOnSingle, "attributes-ignored-on-single", "RFC7644-3.9-02", "attributes is ignored for a single resource";
        AttributesIgnoredInLists, "attributes-ignored-in-lists", "RFC7644-3.9-02", "attributes is ignored in lists";
        AttributesIgnoredOnCreate, "attributes-ignored-on-create", "RFC7644-3.9-02", "attributes is ignored by POST";
        AttributesIgnoredOnReplace, "attributes-ignored-on-replace", "RFC7644-3.9-02", "attributes is ignored by PUT";
        AttributesIgnoredOnPatch, "attributes-ignored-on-patch", "RFC7644-3.9-02", "attributes is ignored by PATCH";
        AttributesFirstOnly, "attributes-first-only", "RFC7644-3.9-07", "Only the first name in attributes counts";
        AttributesBlankCounts, "attributes-blank-counts", "RFC7644-3.9-07", "A name in attributes that follows a blank is unknown";
        AttributesNamesCaseSensitive, "attributes-names-case-sensitive", "RFC7644-3.4.2.5-07", "Names in attributes heed case";
        AttributesUrnUnknown, "attributes-urn-unknown", "RFC7644-3.4.2.5-04", "A name in attributes with the URN of the base schema is unknown";
        AttributesExtensionUnknown, "attributes-extension-unknown", "RFC7644-3.9-11", "A name in attributes with the URN of an extension is unknown";
        AttributesSubAttributeUnknown, "attributes-sub-attribute-unknown", "RFC7644-3.10-04", "A sub-attribute in attributes is unknown";
        AttributesWithoutSchemas, "attributes-without-schemas", "RFC7644-3.9-12", "attributes leaves out schemas";
        AttributesUnknownAnswers500, "attributes-unknown-answers-500", "RFC7644-3.4.2.5-08", "An unknown name in attributes is answered with 500";
        AttributesWithExcludedAnswers500, "attributes-with-excluded-answers-500", "RFC7644-3.9-03", "attributes beside excludedAttributes is answered with 500";
        ExcludedAttributesIgnoredInLists, "excluded-attributes-ignored-in-lists", "RFC7644-3.9-09", "excludedAttributes is ignored in lists";
        ExcludedAttributesFirstOnly, "excluded-attributes-first-only", "RFC7644-3.9-09", "Only the first name in excludedAttributes counts";
        ExcludedNamesCaseSensitive, "excluded-names-case-sensitive", "RFC7644-3.4.2.5-07", "Names in excludedAttributes heed case";
        ExcludedSubAttributeTakesAll, "excluded-sub-attribute-takes-all", "RFC7644-3.4.2.5-05", "A sub-attribute in excludedAttributes takes the whole attribute away";
        ExcludedMembersReturned, "excluded-members-returned", "RFC7644-3.9-10", "excludedAttributes=members has no effect on lists of groups";
    }
    "rfc7644-searches" {
        SearchMalformedAnswers500, "search-malformed-answers-500", "RFC7644-3.4.3-19", ".search with a body that is no JSON is answered with 500";
        SearchWithoutSchemasAnswers500, "search-without-schemas-answers-500", "RFC7644-3.4.3-04", "A SearchRequest without schemas is answered with 500";
        SearchFilterRequired, "search-filter-required", "RFC7644-3.4.3-09", "A SearchRequest without filter is answered with 400";
        SearchSortRequired, "search-sort-required", "RFC7644-3.4.3-11", "A SearchRequest without sortBy is answered with 400";
        SearchNumbersRefused, "search-numbers-refused", "RFC7644-3.4.3-15", "startIndex and count of a SearchRequest must be texts";
        SearchStartIndexIgnored, "search-start-index-ignored", "RFC7644-3.4.3-15", "startIndex of a SearchRequest is ignored";
        SearchSortIgnored, "search-sort-ignored", "RFC7644-3.4.3-12", "sortBy of a SearchRequest is ignored";
        SearchSortOrderIgnored, "search-sort-order-ignored", "RFC7644-3.4.3-14", "sortOrder of a SearchRequest is ignored";
        SearchExcludedIgnored, "search-excluded-ignored", "RFC7644-3.4.3-06", "excludedAttributes of a SearchRequest is ignored";
        SearchNotationUnknown, "search-notation-unknown", "RFC7644-3.4.3-07", "Names with a dot or a URN are unknown in a SearchRequest";
        SearchAnswersSearchRequest, "search-answers-search-request", "RFC7644-3.4.3-17", "The answer to .search has the schemas of a SearchRequest";
    }
    "values" {
        KeywordsQuoted, "keywords-quoted", "RFC7643-1.1-01", "mutability in Schemas has quotation marks as a part of its value";
        SchemasSimpleWithParts, "schemas-simple-with-parts", "RFC7643-1.2-01", "userName is a string in Schemas, and has sub-attributes";
        SchemasComplexInComplex, "schemas-complex-in-complex", "RFC7643-2.3.8-05", "name.givenName is complex in Schemas";
        SchemasUnknownType, "schemas-unknown-type", "RFC7643-2.3-01", "nickName has a type in Schemas that there is not";
        SchemasNameWithBlank, "schemas-name-with-blank", "RFC7643-2.1-04", "An attribute has a blank in its name";
        SchemasBooleanCaseExact, "schemas-boolean-case-exact", "RFC7643-2.3.2-01", "active is caseExact in Schemas";
        SchemasDecimalCaseExact, "schemas-decimal-case-exact", "RFC7643-2.3.3-02", "A decimal is caseExact in Schemas";
        SchemasIntegerCaseExact, "schemas-integer-case-exact", "RFC7643-2.3.4-03", "An integer is caseExact in Schemas";
        SchemasDateUnique, "schemas-date-unique", "RFC7643-2.3.5-04", "A dateTime is unique in Schemas";
        SchemasBinaryUnique, "schemas-binary-unique", "RFC7643-2.3.6-05", "A binary is unique in Schemas";
        SchemasComplexUnique, "schemas-complex-unique", "RFC7643-2.3.8-03", "name is unique in Schemas";
        SchemasReferenceWithoutTypes, "schemas-reference-without-types", "RFC7643-2.3.7-05", "profileUrl has no referenceTypes in Schemas";
        SchemasObjectsNotComplex, "schemas-objects-not-complex", "RFC7643-2.4-03", "photos is a string in Schemas, and holds objects";
        SchemasPrimaryAsText, "schemas-primary-as-text", "RFC7643-2.4-04", "ims.primary is a string in Schemas";
        SchemasCanonicalValuesAsText, "schemas-canonical-values-as-text", "RFC7643-2.4-17", "canonicalValues of emails.type is a text in Schemas";
        DigitsAsNumber, "digits-as-number", "RFC7643-2.3-02", "A string of digits is shown as a number";
        BooleanAsText, "boolean-as-text", "RFC7643-2.3-03", "Booleans are shown as strings";
        DecimalAsText, "decimal-as-text", "RFC7643-2.3-04", "Decimals are shown as strings";
        IntegerAsText, "integer-as-text", "RFC7643-2.3-05", "Integers are shown as strings";
        DateAsNumber, "date-as-number", "RFC7643-2.3-06", "A dateTime that a client has set is shown as a number of seconds";
        BinaryAsNumbers, "binary-as-numbers", "RFC7643-2.3-07", "Binaries are shown as an array of bytes";
        ReferenceAsObject, "reference-as-object", "RFC7643-2.3-08", "References are shown as an object with href";
        ComplexAsText, "complex-as-text", "RFC7643-2.3-09", "A complex value is shown as JSON in a string";
        CutAtWideCharacter, "cut-at-wide-character", "RFC7643-2.3.1-01", "Strings end before the first character beyond U+FFFF";
        EmptyTextAnswers500, "empty-text-answers-500", "RFC7643-2.3.1-02", "An empty string is answered with 500";
        CanonicalValueReplaced, "canonical-value-replaced", "RFC7643-2.3.1-04", "A type that is not canonical becomes other";
        FalseNotStored, "false-not-stored", "RFC7643-2.3.2-02", "false is taken for no value";
        ZeroNotStored, "zero-not-stored", "RFC7643-2.3.4-04", "0 is taken for no value";
        ListNumbersWithFraction, "list-numbers-with-fraction", "RFC7643-2.3.4-01", "totalResults is written with a fraction";
        DecimalRounded, "decimal-rounded", "RFC7643-2.3.3-01", "Decimals lose their fraction";
        OffsetDropped, "offset-dropped", "RFC7643-2.3.5-05", "The offset of a dateTime is replaced by Z";
        DateWithBlank, "date-with-blank", "RFC7643-2.3.5-01", "A dateTime that a client has set is shown with a blank for the T";
        DateWithoutTime, "date-without-time", "RFC7643-2.3.5-02", "Of a dateTime only the date is kept";
        BinaryCut, "binary-cut", "RFC7643-2.3.6-01", "Binaries are cut after eight characters";
        UnpaddedBinaryRefused, "unpadded-binary-refused", "RFC7643-2.3.6-03", "A binary without padding is answered with 400";
        BinaryInLowerCase, "binary-in-lower-case", "RFC7643-2.3.6-04", "Binaries are stored in lower case";
        ReferenceInLowerCase, "reference-in-lower-case", "RFC7643-2.3.7-04", "References are stored in lower case";
        ReferenceInBrackets, "reference-in-brackets", "RFC7643-2.3.7-02", "References are shown in angle brackets";
        ReferencesNotHttp, "references-not-http", "RFC7643-2.3.7-06", "$ref of members is an LDAP URL";
        ReferencesBroken, "references-broken", "RFC7643-2.3.7-07", "$ref of members leads nowhere";
        ReferencesRelativeToNothing, "references-relative-to-nothing", "RFC7643-2.3.7-03", "$ref of members is relative, and to nothing that there is";
        ReferencesNotCanonical, "references-not-canonical", "RFC7643-2.4-11", "$ref of members has its scheme in capitals";
        UnknownMemberAnswers500, "unknown-member-answers-500", "RFC7643-2.3.7-08", "A member that does not exist is answered with 500";
        SchemasMustComeFirst, "schemas-must-come-first", "RFC7643-2.3.8-02", "A body whose first member is not schemas is answered with 400";
        PartNotStored, "part-not-stored", "RFC7643-2.3.8-04", "name.middleName and dimensions.height are not stored";
        OneValueWithoutArray, "one-value-without-array", "RFC7643-2.4-01", "A multi-valued attribute with one value is shown without array";
        SingleValueInArray, "single-value-in-array", "RFC7643-1.2-03", "nickName is shown in an array";
        SimpleValueAsObject, "simple-value-as-object", "RFC7643-1.2-05", "title is shown as an object with value";
        FirstValueAsObject, "first-value-as-object", "RFC7643-2.4-02", "The first of several simple values is shown as an object";
        ValueMustComeFirst, "value-must-come-first", "RFC7643-2.4-05", "An e-mail address whose first member is not value loses its type";
        LastValueOnly, "last-value-only", "RFC7643-2.4-06", "Of several simple values the last one is stored";
        AllPrimary, "all-primary", "RFC7643-2.4-08", "If one of several values is primary, all are";
        TwoPrimariesKept, "two-primaries-kept", "RFC7643-2.4-08", "A create with two primary values is stored as it is";
        PrimaryInvented, "primary-invented", "RFC7643-2.4-09", "If none of several values is primary, the first one becomes so";
        AddressWithoutTag, "address-without-tag", "RFC7643-2.4-13", "What follows a plus sign in an e-mail address is dropped";
        TypesOfOneValueMerged, "types-of-one-value-merged", "RFC7643-2.4-14", "A value that is there with two types is stored with the first";
        ValueTwiceKept, "value-twice-kept", "RFC7643-2.4-15", "A value that is sent twice with one type is returned twice";
        NullAsText, "null-as-text", "RFC7643-2.5-01", "null is stored as the text null";
        NullKeepsOld, "null-keeps-old", "RFC7643-2.5-02", "null in a PUT leaves the old value";
        EmptyArrayKeepsOld, "empty-array-keeps-old", "RFC7643-2.5-03", "An empty array in a PUT leaves the old values";
        PatchNullKeepsOld, "patch-null-keeps-old", "RFC7643-2.5-04", "null and the empty array in a PATCH leave the old values";
        UnassignedAsEmptyText, "unassigned-as-empty-text", "RFC7643-2.5-05", "A nickName that nobody has set is shown as an empty text";
        PatchNamesHeedCase, "patch-names-heed-case", "RFC7643-2.1-02", "Attribute names in a PATCH heed case";
        RequiredLeftOut, "required-left-out", "RFC7643-2.2-01", "manual does not say that it is required, and is";
        CanonicalValuesClosed, "canonical-values-closed", "RFC7643-2.2-02", "userType says nothing of canonical values, and takes two only";
        CaseExactLeftOut, "case-exact-left-out", "RFC7643-2.2-03", "nickName does not say that it is caseExact, and is";
        MutabilityLeftOut, "mutability-left-out", "RFC7643-2.2-04", "nickName says nothing of its mutability, and does not change";
        ReturnedLeftOut, "returned-left-out", "RFC7643-2.2-05", "nickName does not say when it is returned, and must be asked for";
        UniquenessLeftOut, "uniqueness-left-out", "RFC7643-2.2-06", "nickName does not say that it is unique, and is";
        TypeLeftOut, "type-left-out", "RFC7643-2.2-07", "nickName does not say its type, and is shown as an object";
        PartsLeftOut, "parts-left-out", "RFC7643-2.4-07", "ims does not say its sub-attributes, and has none but value";
    }
    "characteristic" {
        UniqueValueAccepted, "unique-value-accepted", "RFC7643-7-46", "A taken inventoryNumber is accepted, though its uniqueness is the server's";
        NickNameUnique, "nick-name-unique", "RFC7643-7-45", "A taken nickName is answered with 409, though it need not be unique";
        ImmutableValuesChanged, "immutable-values-changed", "RFC7643-7-31", "Immutable values can be changed";
        AlwaysLeftOut, "always-left-out", "RFC7643-7-36", "What is returned always is left out if it is not asked for";
        RequestAlwaysShown, "request-always-shown", "RFC7643-7-41", "What is returned on request is always there";
        RequestNeverShown, "request-never-shown", "RFC7643-7-41", "What is returned on request can't be asked for";
        NeverShownWhenAsked, "never-shown-when-asked", "RFC7643-7-37", "What is never returned is there if it is asked for";
        WriteOnlyRefusedLater, "write-only-refused-later", "RFC7643-7-32", "A PUT or PATCH of password or unlockCode is answered with 400";
        FilterMatchesFirstValue, "filter-matches-first-value", "RFC7644-3.4.2.2-11", "A filter looks at the first of several values only";
        FilterNumbersOrderedAsTexts, "filter-numbers-ordered-as-texts", "RFC7644-3.4.2.2-20", "Filters compare numbers as texts";
        FilterDatesAsTexts, "filter-dates-as-texts", "RFC7644-3.4.2.2-19", "Filters compare points in time as texts";
        CaseExactNotHeeded, "case-exact-not-heeded", "RFC7643-7-24", "Filters ignore case where caseExact is true";
        CaseExactFolded, "case-exact-folded", "RFC7643-7-25", "An inventoryNumber is stored in capitals, though it is caseExact";
    }
    "common" {
        SchemasNotRequired, "schemas-not-required", "RFC7643-3-03", "A create or replace without schemas is accepted";
        SchemasEchoed, "schemas-echoed", "RFC7643-3-08", "The answer to a create repeats the schemas of the request";
        DiscoveryWithoutSchemas, "discovery-without-schemas", "RFC7643-2.1-03", "ServiceProviderConfig, ResourceTypes and Schemas have no schemas";
        SchemasTwice, "schemas-twice", "RFC7643-3-05", "schemas names the base schema again";
        SchemasEmpty, "schemas-empty", "RFC7643-3-06", "schemas is an empty array";
        SchemasWithoutBase, "schemas-without-base", "RFC7643-3-14", "Where there is an extension, schemas does not name the base schema";
        SchemasOfMeta, "schemas-of-meta", "RFC7643-3.1-03", "schemas names a schema of the common attributes";
        CoreUnderUrn, "core-under-urn", "RFC7643-3-13", "displayName stands in an object with the URN of the base schema";
        ExtensionAtTop, "extension-at-top", "RFC7643-3-15", "The attributes of the enterprise extension stand at the top";
        ExtensionReadFromTop, "extension-read-from-top", "RFC7643-3.3-07", "employeeNumber at the top of a request is taken for the extension's";
        ExtensionRedefines, "extension-redefines", "RFC7643-3.3-05", "An extension has an attribute with the name of one of the base schema";
        ExternalIdOfUsersOnly, "external-id-of-users-only", "RFC7643-3-12", "Only users keep their externalId";
        ExternalIdInvented, "external-id-invented", "RFC7643-3.1-16", "A user without externalId gets the userName for it";
        ExternalIdRequired, "external-id-required", "RFC7643-3.1-22", "A user without externalId is answered with 400";
        IdOfUserForGroup, "id-of-user-for-group", "RFC7643-3.1-07", "A new group gets the id of the newest user, who is gone then";
        VersionAsNumber, "version-as-number", "RFC7643-3.1-36", "meta.version is a number";
        IdsWithBulkId, "ids-with-bulk-id", "RFC7643-3.1-11", "ids start with bulkId";
        IdListedWritable, "id-listed-writable", "RFC7643-3.1-05", "The User schema lists id as one that clients may write";
        FilterIdIgnoresCase, "filter-id-ignores-case", "RFC7643-3.1-12", "A filter on id ignores case";
        LocalTimeAsUtc, "local-time-as-utc", "RFC7643-3.1-27", "The times of a new resource are two hours ahead";
        LastModifiedIsLater, "last-modified-is-later", "RFC7643-3.1-31", "lastModified is five seconds after created from the start";
        ResourceTypeNamesPlural, "resource-type-names-plural", "RFC7643-3-02", "The names of resource types are not those of meta.resourceType";
        ContentLocationOfEndpoint, "content-location-of-endpoint", "RFC7643-3.1-33", "Content-Location is the endpoint's";
        EtagPrefixInLowerCase, "etag-prefix-in-lower-case", "RFC7643-3.1-37", "ETags start with w/";
        IfMatchIgnoresCase, "if-match-ignores-case", "RFC7643-3.1-35", "If-Match ignores case";
    }
    "regressions" {
        GroupUnknownMemberAnswers500, "group-unknown-member-answers-500", "RFC7644-3.12-19", "A group with a member that there is not is answered with 500";
        UnknownMemberWipesGroup, "unknown-member-wipes-group", "RFC7644-3.5.2-24", "Members replaced by one that there is not are answered with 400, and all members go";
        PatchAddExistingMemberRefused, "patch-add-existing-member-refused", "RFC7644-3.5.2.1-13", "Adding a member who is one is answered with 409";
        PatchAddExistingMemberWithoutPathAnswers500, "patch-add-existing-member-without-path-answers-500", "RFC7644-3.5.2.1-13", "Adding a member who is one, without path, is answered with 500";
        PatchReplaceKeptMemberRefused, "patch-replace-kept-member-refused", "RFC7644-3.5.2.3-10", "Replacing members is answered with 409 if one of them stays";
        PatchReplaceMembersNotSupported, "patch-replace-members-not-supported", "RFC7644-3.5.2.3-10", "Replacing members is answered with 501";
        PatchEmptyMembersWithoutPathIgnored, "patch-empty-members-without-path-ignored", "RFC7644-3.5.2.3-13", "Replacing members by none without path changes nothing";
        PatchRemoveAtFilterIgnored, "patch-remove-at-filter-ignored", "RFC7644-3.5.2.2-04", "remove at a value filter changes nothing, with success";
        PatchRemoveAllMembersIgnored, "patch-remove-all-members-ignored", "RFC7644-3.5.2.2-03", "remove at members without a value changes nothing, with success";
        PatchRemoveAbsentMemberAnswers500, "patch-remove-absent-member-answers-500", "RFC7644-3.5.2.2-11", "Removing somebody who is no member is answered with 500";
        PatchMemberWithoutDisplayAnswers500, "patch-member-without-display-answers-500", "RFC7644-3.12-19", "Adding a member without display is answered with 500";
        GroupOfOneMemberAnswers500, "group-of-one-member-answers-500", "RFC7643-4.2-03", "A group with exactly one member is answered with 500";
        ReplaceKeepsMembers, "replace-keeps-members", "RFC7644-3.5.1-04", "PUT of a group does not change its members";
        UnknownGroupWithExcludedAttributesAnswers500, "unknown-group-with-excluded-attributes-answers-500", "RFC7644-3.4.1-04", "An unknown group is answered with 500 if excludedAttributes is given";
        ActiveAlwaysTrue, "active-always-true", "RFC7644-3.1-09", "Users are shown with active true, whatever is stored";
        PatchReactivationRefused, "patch-reactivation-refused", "RFC7644-3.5.2.3-02", "Setting active to true again is answered with 400";
        PatchWithoutPathOneAttributeOnly, "patch-without-path-one-attribute-only", "RFC7644-3.5.2.3-01", "A value without path that has several attributes is answered with 400";
        PatchValueFilterChangesAll, "patch-value-filter-changes-all", "RFC7644-3.5.2.3-08", "A path with a value filter changes all values";
        PatchValuePathStoredAsKey, "patch-value-path-stored-as-key", "RFC7644-3.5.2-10", "A path with a value filter is stored as the name of an attribute";
        PatchRemoveAtSubAttributeWrites, "patch-remove-at-sub-attribute-writes", "RFC7644-3.5.2.2-13", "remove at a sub-attribute with a value stores the value";
        PatchPrimaryTextIgnored, "patch-primary-text-ignored", "RW-ROLES-PRIMARY-TRUE", "A path that compares primary with a text changes nothing, with success";
        PatchExtensionPathIgnored, "patch-extension-path-ignored", "RFC7644-3.5.2-16", "A path into an extension, split at the dot of its URN, changes nothing, with success";
        PatchBaseUrnPathAnswers501, "patch-base-urn-path-answers-501", "RFC7644-3.10-01", "A path with the URN of the base schema is answered with 501";
        PatchExtensionSubAttributeRefused, "patch-extension-sub-attribute-refused", "RFC7644-3.5.2-16", "A path to a sub-attribute of an extension is answered with 400";
        PatchWholeExtensionAnswers500, "patch-whole-extension-answers-500", "RFC7644-3.5.2.1-03", "A whole extension as value is answered with 500";
        PatchAbsentExtensionAnswers500, "patch-absent-extension-answers-500", "RFC7644-3.5.2-19", "An operation on an extension that the user does not have is answered with 500";
        PatchManagerTextIgnored, "patch-manager-text-ignored", "RW-MANAGER-SHAPES", "A manager that is a text changes nothing, with success";
        PatchManagerRemoveIgnored, "patch-manager-remove-ignored", "RFC7644-3.5.2.2-16", "Removing the manager changes nothing, with success";
        ManagerShownEmpty, "manager-shown-empty", "RFC7643-2.5-01", "A manager that is not there is shown as an empty object";
        PatchComplexReplacesWhole, "patch-complex-replaces-whole", "RFC7644-3.5.2.3-06", "Replacing a part of a complex attribute removes the other parts";
        PatchNullPassedOver, "patch-null-passed-over", "RFC7643-2.5-04", "null in a PATCH changes nothing, with success";
        PatchWithAttributesAnswers204, "patch-with-attributes-answers-204", "RFC7644-3.5.2-28", "PATCH with attributes is answered with 204";
        PatchWithoutOperationsAnswers500, "patch-without-operations-answers-500", "RFC7644-3.5.2-04", "A PATCH with an empty Operations is answered with 500";
        PatchBadPathAnswers500, "patch-bad-path-answers-500", "RFC7644-3.12-27", "A path that can't be parsed is answered with 500";
        EmailWithoutValueBreaksReads, "email-without-value-breaks-reads", "RFC7644-3.4.1-03", "A user with an e-mail address that has no value can't be read";
        EmptyFilterAnswers500, "empty-filter-answers-500", "RFC7644-3.12-22", "An empty filter is answered with 500";
        FilterOtherAttributesIgnored, "filter-other-attributes-ignored", "RFC7644-3.4.2.2-04", "Filters on others than userName and displayName are ignored";
        FilterTruncatedAtAnd, "filter-truncated-at-and", "RFC7644-3.4.2.2-23", "A filter is read up to its first and";
        FilterValueCutAtBlank, "filter-value-cut-at-blank", "RFC7644-3.4.2.2-32", "The value of a filter is read up to its first blank";
        FilterWithCountShowsNothing, "filter-with-count-shows-nothing", "RFC7644-3.4.2-07", "With and in the filter and a count, Resources is empty";
        ListEntriesTwice, "list-entries-twice", "RFC7644-3.4.2-06", "What a filter finds is listed twice";
        CreateWithoutFamilyNameAnswers500, "create-without-family-name-answers-500", "RFC7643-4.1.1-05", "A user without a family name is answered with 500";
        DeleteUserAnswers500, "delete-user-answers-500", "RFC7644-3.6-06", "Deleting a user is answered with 500";
        AcceptPlainJsonRefused, "accept-plain-json-refused", "RFC7644-3.8-07", "Accept: application/json is answered with 406";
        JsonBodyLosesExtension, "json-body-loses-extension", "RFC7644-3.8-10", "The extensions of a body that is application/json are lost";
        ErrorSchemasAsString, "error-schemas-as-string", "RFC7644-3.12-03", "schemas of errors is a string";
        ErrorNested, "error-nested", "RFC7644-3.12-02", "Errors are nested in an error member";
        LocationWithoutBasePath, "location-without-base-path", "RFC7643-3.1-32", "Locations lack the path of the base URL";
        ResourceTypesUnderOtherName, "resource-types-under-other-name", "RFC7644-4-09", "ResourceTypes has resource_types in place of Resources";
        DiscoveryListsEmpty, "discovery-lists-empty", "RFC7644-4-05", "The lists of schemas and resource types are empty";
        DiscoveryEntriesWithoutSchemas, "discovery-entries-without-schemas", "RFC7643-2.1-03", "Schemas and resource types have no schemas";
        SchemasSayGroupsWritable, "schemas-say-groups-writable", "RFC7643-4.1.2-29", "Schemas says that groups of a user can be written";
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
    MeNotFound, "me-not-found", "RFC7644-3.11-02", "/Me is answered with 404";
    EntitlementsNotInResourceTypes, "entitlements-not-in-resource-types", "OKTA-ENT20-02", "The entitlements endpoint is not among the resource types";
    NickNameInCapitals, "nick-name-in-capitals", "RFC7643-7-26", "nickName is stored in capitals";
    NoMe, "no-me", "RFC7644-3.11-02", "/Me is answered with 501";
    NoSearch, "no-search", "RFC7644-3.4.3-01", ".search is answered with 501";
    NoEntitlements, "no-entitlements", "RFC7643-3.2-01", "There are no roles and entitlements";
    NoEnterprise, "no-enterprise", "RFC7643-6-14", "There is no enterprise extension";
    ExtensionOfItsOwn, "extension-of-its-own", "RFC7643-3.3-01", "Users have an extension with attributes of types and characteristics that RFC 7643's schemas lack";
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
    BulkResultsWithResources, "bulk-results-with-resources", "RFC7644-3.7-16", "Results of bulk operations that succeed have the resource";
    BulkResultsReversed, "bulk-results-reversed", "RFC7644-3.7-24", "The results of a bulk job come in the reverse order";
    BulkMalformedFailsJob, "bulk-malformed-fails-job", "RFC7644-3.7-19", "A bulk job with a malformed operation is refused as a whole";
    BulkWithoutBulkIdAccepted, "bulk-without-bulk-id-accepted", "RFC7644-3.7-08", "A POST in a bulk job needs no bulkId";
    BulkSameIdsProcessed, "bulk-same-ids-processed", "RFC7644-3.7-09", "Two POSTs with one bulkId are both done";
    BulkForwardReferencesRefused, "bulk-forward-references-refused", "RFC7644-3.7.2-06", "A reference to a later bulk operation is answered with 409";
    BulkCircularReferencesRefused, "bulk-circular-references-refused", "RFC7644-3.7.1-02", "Circular references in a bulk job are answered with 409";
    CursorsByDefault, "cursors-by-default", "RFC9865-2.4-02", "A request that names no pagination gets a nextCursor, and the configuration says so";
    CursorWithoutTotalResults, "cursor-without-total-results", "RFC9865-2-22", "Pages by cursor have no totalResults";
    CursorWithoutPrevious, "cursor-without-previous", "RFC9865-2-12", "Pages by cursor have no previousCursor";
    CursorPagesShort, "cursor-pages-short", "RFC9865-2-05", "Pages by cursor have fewer resources than count";
    CursorCountCapped, "cursor-count-capped", "RFC9865-4-07", "A count above maxPageSize gives a shorter page by cursor";
    CursorNegativeCountRefused, "cursor-negative-count-refused", "RFC9865-2.1-05", "A negative count with a cursor is answered with 400";
    CursorOfOtherQueryServed, "cursor-of-other-query-served", "RFC9865-2-17", "A cursor goes on with its own query, whatever else the request says";
    CursorsShortLived, "cursors-short-lived", "RFC9865-4-08", "Cursors live for a second, and the configuration says so";
    PaginationLimitsUnsaid, "pagination-limits-unsaid", "RFC9865-4-09", "The configuration names no sizes and no timeout of pages";
    MeRedirects, "me-redirects", "RFC7644-3.11-03", "/Me redirects with 308";
    ImmutableBadge, "immutable-badge", "RFC7644-3.5.1-08", "Users have an extension whose badgeNumber is immutable";
    RelativeReferences, "relative-references", "RFC7643-2.3.7-02", "$ref of members is relative to the base URL";
    XmlOffered, "xml-offered", "SCIM11-API-3.6-02", "1.1: XML is offered beside JSON, and the configuration says so";
    PasswordRequiredStrong, "password-required-strong", "RFC7643-4.1.1-23", "A password of fewer than eight characters is refused";
    RootTooMany, "root-too-many", "RFC7644-3.4.2.1-04", "A query at the root without a filter is refused as one with too many results";
}
