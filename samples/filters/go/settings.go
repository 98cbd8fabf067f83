package main

import (
	"bytes"
	"encoding/json"
	"errors"
)

// settings is the plugin configuration: a JSON object whose missing fields keep their defaults.
// An empty "remove" or "deny" switches that part of the filter off.
type settings struct {
	Header string `json:"header"`
	Value  string `json:"value"`
	Remove string `json:"remove"`
	Deny   string `json:"deny"`
	Body   string `json:"body"`
}

func defaultSettings() settings {
	return settings{
		Header: "x-filter",
		Value:  "go",
		Remove: "x-remove-me",
		Deny:   "/denied",
		Body:   "replaced body",
	}
}

// parseSettings reads the configuration bytes; no bytes at all mean the defaults.
func parseSettings(configuration []byte) (settings, error) {
	s := defaultSettings()
	if len(bytes.TrimSpace(configuration)) == 0 {
		return s, nil
	}
	object := &s
	if err := json.Unmarshal(configuration, &object); err != nil {
		return s, err
	}
	if object == nil {
		return s, errors.New("null instead of an object")
	}
	return s, nil
}
