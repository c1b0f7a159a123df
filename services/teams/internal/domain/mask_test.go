package domain

import "testing"

func TestMasked(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"": "", "12": "**", "1234": "****", "123456": "******", "1234567": "12***67", "豫鹤2026-00123": "豫鹤********23", "E12345678": "E1*****78",
	} {
		if got := masked(number, 2, 2); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}
