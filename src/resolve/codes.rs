//! The codes of countries (ISO 3166-1 alpha-2) and languages (BCP 47), so that nobody confuses SE, `se` and `sv`.

use isolang::Language;

/// The countries of ISO 3166-1, sorted.
#[rustfmt::skip]
const COUNTRIES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE",
    "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD",
    "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM",
    "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU",
    "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN",
    "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME",
    "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM",
    "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI",
    "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK",
    "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// Codes of ISO 639-3 that stand for several languages, for one that is not known, or for none.
const IS_NO_LANGUAGE: [&str; 4] = ["mis", "mul", "und", "zxx"];

/// Whether this is the code of a country, in upper case as the standard writes it.
pub(crate) fn is_country(code: &str) -> bool {
    COUNTRIES.binary_search(&code).is_ok()
}

/// What to write instead of something that is no code of a country; none where there is nothing near.
pub(crate) fn country_help(code: &str) -> Option<String> {
    let upper = code.to_uppercase();
    match upper.as_str() {
        "UK" => return Some("the code of the United Kingdom is `GB`".to_owned()),
        "EL" => return Some("the code of Greece is `GR`".to_owned()),
        "EU" => {
            return Some("a union of countries is a group: `group european-union is Denmark, Finland`".to_owned());
        }
        _ => {}
    }
    (upper != code && is_country(&upper)).then(|| format!("write `{upper}`"))
}

/// Whether this is a language tag: a language, then optional script, region and variants, each in the case in which the
/// standard writes it. Two letters must be a language of ISO 639-1, three one of ISO 639-3 that has no code of two letters;
/// a region is a country of ISO 3166-1 or an area of three digits.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let letters = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let primary = parts.next().unwrap_or("");
    let known = match primary.len() {
        2 => Language::from_639_1(primary).is_some(),
        // of one language there is one code, which is the shorter
        3 => {
            !IS_NO_LANGUAGE.contains(&primary)
                && Language::from_639_3(primary).is_some_and(|one| one.to_639_1().is_none())
        }
        _ => false,
    };
    if !known {
        return false;
    }
    parts.next_if(|part| {
        letters(part, &[4]) && part.bytes().enumerate().all(|(at, byte)| byte.is_ascii_uppercase() == (at == 0))
    });
    parts.next_if(|part| is_country(part) || part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.all(|part| {
        let alphanumeric = part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        alphanumeric
            && ((5..=8).contains(&part.len()) || part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// What to write instead of something that is no language tag; none where there is nothing near.
pub(crate) fn language_help(tag: &str) -> Option<String> {
    let lower = tag.to_lowercase();
    if lower != tag && is_language(&lower) {
        return Some(format!("write `{lower}`"));
    }
    let (primary, subtags) = tag.split_at(tag.find('-').unwrap_or(tag.len()));
    let shorter = Language::from_639_3(&primary.to_lowercase()).and_then(|language| language.to_639_1());
    if let Some(shorter) = shorter {
        return Some(format!("write `{shorter}{subtags}`: a language has one code, of two letters if there is one"));
    }
    is_country(&tag.to_uppercase()).then(|| {
        format!("`{}` is the code of a country; Danish is `da`, Swedish `sv`, Finnish `fi`", tag.to_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, country_help, is_country, is_language, language_help};

    #[test]
    fn the_table_is_sorted_and_holds_each_code_once() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a < b));
        assert!(COUNTRIES.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
    }

    #[test]
    fn only_codes_of_the_standards_are_taken() {
        for right in ["DK", "FI", "GB", "AX", "FO"] {
            assert!(is_country(right), "{right}");
        }
        for wrong in ["dk", "UK", "EU", "XX", "DNK", "", "Ø"] {
            assert!(!is_country(wrong), "{wrong}");
        }
        for right in [
            "da",
            "no",
            "nb",
            "nn",
            "fo",
            "kl",
            "sv",
            "sv-FI",
            "se",
            "sma",
            "smj",
            "fit",
            "sr-Latn",
            "sr-Latn-RS",
            "es-419",
            "de-1996",
            "de-DE-1996",
        ] {
            assert!(is_language(right), "{right}");
        }
        for wrong in [
            "dk", "DA", "sv-XX", "sv-fi", "sr-latn", "q", "abcd", "da-", "-da", "da--DK", "", "sv-FI-FI", "må", "dan",
            "xxx", "und", "mul", "zxx", "ger", "dan-DK", "swe",
        ] {
            assert!(!is_language(wrong), "{wrong}");
        }
    }

    #[test]
    fn near_misses_are_explained() {
        assert_eq!(country_help("dk").as_deref(), Some("write `DK`"));
        assert!(country_help("UK").is_some_and(|help| help.contains("`GB`")));
        assert_eq!(country_help("XX"), None);
        assert_eq!(language_help("DA").as_deref(), Some("write `da`"));
        assert!(language_help("dk").is_some_and(|help| help.contains("`DK` is the code of a country")));
        assert_eq!(language_help("xx"), None);
        assert!(language_help("dan").is_some_and(|help| help.starts_with("write `da`")));
        assert!(language_help("swe-FI").is_some_and(|help| help.starts_with("write `sv-FI`")));
    }
}
