package access

import "strings"

// What browsers call themselves, the telling word first: Edge says that it is Chrome, and Chrome that it is Safari.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"CrOS", "Chromebook"}, {"Linux", "Linux"}}
)

func named(list [][2]string, device string) string {
	for _, n := range list {
		if strings.Contains(device, n[0]) {
			return n[1]
		}
	}
	return ""
}

// Browser and System say what the device is, as far as it tells; "" when it does not.
func (s SignedIn) Browser() string {
	if s.System() == "" {
		return ""
	}
	return named(browsers, s.Device)
}

// System is what the browser runs on.
func (s SignedIn) System() string { return named(systems, s.Device) }
