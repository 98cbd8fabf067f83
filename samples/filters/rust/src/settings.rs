use serde::Deserialize;
use serde_json::{Map, Value};

/// The plugin configuration: a JSON object whose missing fields keep their defaults.
/// An empty `remove` or `deny` switches that part of the filter off.
#[derive(Clone, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub header: String,
    pub value: String,
    pub remove: String,
    pub deny: String,
    pub body: String,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            header: "x-filter".into(),
            value: "rust".into(),
            remove: "x-remove-me".into(),
            deny: "/denied".into(),
            body: "replaced body".into(),
        }
    }
}

impl Settings {
    /// Reads the configuration bytes; no bytes at all mean the defaults.
    pub fn parse(configuration: &[u8]) -> serde_json::Result<Settings> {
        if configuration.iter().all(u8::is_ascii_whitespace) {
            return Ok(Settings::default());
        }
        // By way of an object, since serde would also take an array for the fields in their order.
        let object: Map<String, Value> = serde_json::from_slice(configuration)?;
        serde_json::from_value(Value::Object(object))
    }
}
