package domain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseDevice(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]Device{
		"Mozilla/5.0 (Linux; Android 10; V1981A) AppleWebKit/537.36 Chrome/86.0.4240.99 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.16": "android wechat",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) AppleWebKit/605.1.15 Version/14.0 Mobile/15E148 Safari/604.1":                 "iphone safari",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0":                                   "windows edge",
		"Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Mobile HuaweiBrowser/5.0":                                       "harmony huawei",
		"curl/8.0": "other other",
		"":         "other other",
	} {
		if diff := cmp.Diff(want, ParseDevice(agent)); diff != "" {
			t.Errorf("%s: %s", agent, diff)
		}
	}
	if d := Device(""); d.System() != "other" || d.Browser() != "other" {
		t.Error("a device that nobody named")
	}
}

func TestMaskedName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"王桂兰": "王*兰", "张敏": "张*", "欧阳秀英": "欧**英", "买买提·艾合买提": "买******提"} {
		if got := MaskedName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
