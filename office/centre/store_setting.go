package centre

import "tuntas/house/store"

var (
	settingOf   = store.SQL(`select s.value from settings s where s.key = ?`)
	keepSetting = store.SQL(`insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value`)
)

// Setting gives what the office has set; "" when it has not.
func Setting(tx *store.Tx, key string) (string, error) {
	found, err := store.Each(tx, settingOf, store.Text, key)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// Set sets it.
func Set(tx *store.Tx, key, value string) error {
	_, err := store.Exec(tx, keepSetting, key, value)
	return err
}
