package domain

import "strings"

// Device is what a browser says of itself, in two words of ours: the system
// and the browser, "android wechat". It tells a person her sessions apart and
// nobody's device from another's.
type Device string

// systems and browsers are looked for in this order: many claim to be others too.
var (
	systems  = []struct{ mark, word string }{{"openharmony", "harmony"}, {"harmonyos", "harmony"}, {"android", "android"}, {"iphone", "iphone"}, {"ipad", "ipad"}, {"windows", "windows"}, {"mac os", "mac"}, {"linux", "linux"}}
	browsers = []struct{ mark, word string }{{"wxwork", "wecom"}, {"micromessenger", "wechat"}, {"dingtalk", "dingtalk"}, {"qqbrowser", "qq"}, {"ucbrowser", "uc"}, {"huaweibrowser", "huawei"}, {"miuibrowser", "xiaomi"}, {"edg", "edge"}, {"firefox", "firefox"}, {"chrome", "chrome"}, {"safari", "safari"}}
)

// ParseDevice understands the User-Agent of a browser. What it does not know is "other".
func ParseDevice(userAgent string) Device {
	agent := strings.ToLower(userAgent)
	find := func(among []struct{ mark, word string }) string {
		for _, known := range among {
			if strings.Contains(agent, known.mark) {
				return known.word
			}
		}
		return "other"
	}
	return Device(find(systems) + " " + find(browsers))
}

// System returns the first of the two words, "other" for an unknown one.
func (d Device) System() string { return d.word(0) }

// Browser returns the second of the two words, "other" for an unknown one.
func (d Device) Browser() string { return d.word(1) }

func (d Device) word(n int) string {
	if words := strings.Fields(string(d)); len(words) == 2 {
		return words[n]
	}
	return "other"
}
