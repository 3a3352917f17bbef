//! The codes of countries (ISO 3166-1 alpha-2) and languages (BCP 47), so that nobody confuses SE, `se` and `sv`.

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

/// The languages of ISO 639-1, sorted.
#[rustfmt::skip]
const LANGUAGES: [&str; 184] = [
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi", "bm", "bn", "bo",
    "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es",
    "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr",
    "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj",
    "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv",
    "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv",
    "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd",
    "se", "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti",
    "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi",
    "yo", "za", "zh", "zu",
];

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
/// standard writes it. Two letters must be a language of ISO 639-1 and a region a country of ISO 3166-1 or an area of
/// three digits; of three letters only the form is checked.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let letters = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let primary = parts.next().unwrap_or("");
    let known = if primary.len() == 2 { LANGUAGES.binary_search(&primary).is_ok() } else { letters(primary, &[3]) };
    if !known || primary.bytes().any(|byte| byte.is_ascii_uppercase()) {
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
    is_country(&tag.to_uppercase()).then(|| {
        format!("`{}` is the code of a country; Danish is `da`, Swedish `sv`, Finnish `fi`", tag.to_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, LANGUAGES, country_help, is_country, is_language, language_help};

    #[test]
    fn the_tables_are_sorted_and_hold_each_code_once() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a < b) && LANGUAGES.is_sorted_by(|a, b| a < b));
        assert!(COUNTRIES.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert!(LANGUAGES.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn only_codes_of_the_standards_are_taken() {
        for right in ["DK", "FI", "GB", "AX", "FO"] {
            assert!(is_country(right), "{right}");
        }
        for wrong in ["dk", "UK", "EU", "XX", "DNK", "", "Ø"] {
            assert!(!is_country(wrong), "{wrong}");
        }
        for right in
            ["da", "no", "nb", "sv", "sv-FI", "se", "sma", "sr-Latn", "sr-Latn-RS", "es-419", "de-1996", "de-DE-1996"]
        {
            assert!(is_language(right), "{right}");
        }
        for wrong in
            ["dk", "DA", "sv-XX", "sv-fi", "sr-latn", "q", "abcd", "da-", "-da", "da--DK", "", "sv-FI-FI", "må"]
        {
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
    }
}
