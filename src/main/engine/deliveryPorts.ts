// What delivery needs from the surroundings and from the settings of the person.
import type { DeliveryPorts } from '../delivery/startDelivery';
import type { SettingsStore } from '../settings/settingsStore';
import type { ApplicationPorts } from './application';

export function deliveryPorts(ports: ApplicationPorts, settings: SettingsStore): DeliveryPorts {
  return {
    showNotice: (message) => ports.showNotice(message),
    secrets: ports.secrets,
    settings: () => settings.get().notifications,
    saveSettings: (notifications) => void settings.update((present) => ({ ...present, notifications })),
  };
}
