use serde_json::Value;

/// An attribute or a sub-attribute, with its characteristics (RFC 7643 §2.2, §7).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribute {
    /// The name as the schema spells it.
    pub name: String,
    /// The data type.
    pub kind: Kind,
    /// What a complex attribute is made of.
    pub sub_attributes: Vec<Self>,
    /// Whether it holds an array.
    pub multi_valued: bool,
    /// For people.
    pub description: String,
    /// Whether a resource must have it.
    pub required: bool,
    /// Suggested values.
    pub canonical_values: Vec<String>,
    /// Whether case matters when strings are compared.
    pub case_exact: bool,
    /// Who may write it, and when.
    pub mutability: Mutability,
    /// When a response holds it.
    pub returned: Returned,
    /// Whether a value may be there once only.
    pub uniqueness: Uniqueness,
    /// What a reference may refer to: names of resource types, `external` or `uri`.
    pub reference_types: Vec<String>,
    /// Characteristics that its definition leaves out, so that the defaults of RFC 7643 §2.2 hold; those that say
    /// nothing of themselves (`description`, `canonicalValues`, `referenceTypes`) aside.
    pub unstated: Vec<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, default $default:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }

        impl $name {
            /// All of them, in the order of RFC 7643.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word that a schema has for it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What a word of a schema means, in any case of letters.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word().eq_ignore_ascii_case(word))
            }
        }
    };
}

words! {
    /// A data type (RFC 7643 §2.3).
    Kind, default String {
        /// Text.
        String = "string",
        /// `true` or `false`.
        Boolean = "boolean",
        /// A number with a fraction.
        Decimal = "decimal",
        /// A whole number.
        Integer = "integer",
        /// A point in time, as `xsd:dateTime`.
        DateTime = "dateTime",
        /// Bytes, in base64.
        Binary = "binary",
        /// A URI.
        Reference = "reference",
        /// Sub-attributes.
        Complex = "complex",
    }
}

words! {
    /// Who may write an attribute, and when (RFC 7643 §7).
    Mutability, default ReadWrite {
        /// Only the server.
        ReadOnly = "readOnly",
        /// Clients, at any time.
        ReadWrite = "readWrite",
        /// Clients, once.
        Immutable = "immutable",
        /// Clients, and nobody can read it.
        WriteOnly = "writeOnly",
    }
}

words! {
    /// When a response holds an attribute (RFC 7643 §7).
    Returned, default Default {
        /// Whatever the request asks for.
        Always = "always",
        /// Never.
        Never = "never",
        /// Unless the request asks for others, or excludes it.
        Default = "default",
        /// Only if the request asks for it.
        Request = "request",
    }
}

words! {
    /// Where a value of an attribute may be there once only (RFC 7643 §7).
    Uniqueness, default None {
        /// Nowhere.
        None = "none",
        /// Within the server's (or tenant's) base URL.
        Server = "server",
        /// In the world.
        Global = "global",
    }
}

impl Attribute {
    /// Whether it has this name; SCIM's names ignore case (RFC 7643 §2.1).
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The sub-attribute of a name.
    pub fn sub_attribute(&self, name: &str) -> Option<&Self> {
        self.sub_attributes.iter().find(|sub| sub.is_named(name))
    }

    /// Whether its definition leaves a characteristic out.
    pub fn leaves_out(&self, characteristic: &str) -> bool {
        self.unstated.iter().any(|name| name == characteristic)
    }

    /// Whether it is complex.
    pub fn is_complex(&self) -> bool {
        self.kind == Kind::Complex
    }

    /// Whether strings are compared with their case: RFC 7643 §2.3.6 has binary always so.
    pub fn compares_case(&self) -> bool {
        self.case_exact || self.kind == Kind::Binary
    }
}

/// Whether a value counts as unassigned: `null` and the empty array do (RFC 7643 §2.5).
pub fn is_unassigned(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
