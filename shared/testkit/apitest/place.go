package apitest

import (
	"slices"
	"strconv"
	"strings"
)

// place is where something stands in a body: names, and numbers for items of lists.
type place []string

// String names the place as the API does: shifts[0].capacity.
func (p place) String() string {
	name := ""
	for _, step := range p {
		switch _, err := strconv.Atoi(step); {
		case err == nil:
			name += "[" + step + "]"
		case name == "":
			name = step
		default:
			name += "." + step
		}
	}
	return name
}

func (p place) inList() bool {
	_, err := strconv.Atoi(p[len(p)-1])
	return err == nil
}

func (p place) in(step string) place { return append(slices.Clone(p), step) }

// set puts a value at a place; without a parent there, it does nothing.
func set(body *any, p place, value any) {
	if len(p) == 0 {
		*body = value
		return
	}
	last := p[len(p)-1]
	switch parent := get(*body, p[:len(p)-1]).(type) {
	case map[string]any:
		parent[last] = value
	case []any:
		if i, err := strconv.Atoi(last); err == nil && i < len(parent) {
			parent[i] = value
		}
	}
}

// remove takes the field at a place away.
func remove(body any, p place) {
	if parent, ok := get(body, p[:len(p)-1]).(map[string]any); ok {
		delete(parent, p[len(p)-1])
	}
}

func get(v any, p place) any {
	for _, step := range p {
		switch parent := v.(type) {
		case map[string]any:
			v = parent[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(parent) {
				return nil
			}
			v = parent[i]
		default:
			return nil
		}
	}
	return v
}

// placeOf reads a name as String writes it.
func placeOf(name string) place {
	return strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}
