import { Notification, Provider, type ProviderOptions } from "@parse/node-apn";
import { LRUCache } from "lru-cache";

/** A customer of the gateway, with its own signing key at Apple. */
export interface Tenant {
  readonly id: string;
  readonly bundleId: string;
  readonly keyFile: string;
  readonly keyId: string;
  readonly teamId: string;
  readonly production: boolean;
}

export interface Push {
  readonly title: string;
  readonly body: string;
  readonly deviceTokens: readonly string[];
}

export interface Delivery {
  readonly sent: number;
  /** Device tokens that Apple no longer knows. */
  readonly gone: readonly string[];
}

const ONE_HOUR = 60 * 60 * 1000;
const NO_DEVICE = "0".repeat(64);

function optionsOf(tenant: Tenant): ProviderOptions {
  return {
    token: { key: tenant.keyFile, keyId: tenant.keyId, teamId: tenant.teamId },
    production: tenant.production,
  };
}

function notificationOf(tenant: Tenant, push: Push): Notification {
  const notification = new Notification();
  notification.topic = tenant.bundleId;
  notification.alert = { title: push.title, body: push.body };
  notification.expiry = Math.floor((Date.now() + ONE_HOUR) / 1000);
  return notification;
}

/**
 * Sends the pushes of many tenants, over one APNs connection each.
 *
 * A tenant that is quiet for an hour loses its place in the cache. Its provider then loses its last
 * reference in this program, and goes on pinging Apple over a connection that nobody can close.
 */
export class PushGateway {
  readonly #providers = new LRUCache<string, Provider>({ max: 200, ttl: ONE_HOUR }); // expect: require-cache-removal-listener

  async push(tenant: Tenant, push: Push): Promise<Delivery> {
    const provider = this.#providerOf(tenant);
    const { sent, failed } = await provider.send(notificationOf(tenant, push), [
      ...push.deviceTokens,
    ]);
    return {
      sent: sent.length,
      gone: failed.filter(({ status }) => status === 410).map(({ device }) => device),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#providers.values()].map((provider) => provider.shutdown()));
  }

  #providerOf(tenant: Tenant): Provider {
    const cached = this.#providers.get(tenant.id);
    if (cached !== undefined) return cached;
    const provider = new Provider(optionsOf(tenant));
    this.#providers.set(tenant.id, provider);
    return provider;
  }
}

/** Asks Apple whether it accepts the tenant's key, before the tenant is taken on. */
export async function acceptsKey(tenant: Tenant): Promise<boolean> {
  const provider = new Provider(optionsOf(tenant)); // expect: no-unclosed-disposable
  const probe = notificationOf(tenant, { title: "", body: "", deviceTokens: [NO_DEVICE] });
  const { failed } = await provider.send(probe, NO_DEVICE);
  const reason = failed[0]?.response?.reason;
  if (reason === "InvalidProviderToken" || reason === "ExpiredProviderToken") return false;
  await provider.shutdown();
  return true;
}

/** Sends one push outside the gateway, for the support desk. */
export async function pushOnce(tenant: Tenant, push: Push): Promise<number> {
  const notification = notificationOf(tenant, push);
  const recipients = [...push.deviceTokens];
  const { sent } = await new Provider(optionsOf(tenant)).send(notification, recipients); // expect: no-unclosed-disposable
  return sent.length;
}

/** Sends one text to the devices of several tenants, each through a provider of its own. */
export async function pushToAll(tenants: readonly Tenant[], push: Push): Promise<number> {
  let delivered = 0;
  for (const tenant of tenants) {
    const provider = new Provider(optionsOf(tenant)); // expect: no-unclosed-disposable
    const { sent, failed } = await provider.send(notificationOf(tenant, push), [
      ...push.deviceTokens,
    ]);
    if (failed.length > 0) continue;
    delivered += sent.length;
    await provider.shutdown();
  }
  return delivered;
}
