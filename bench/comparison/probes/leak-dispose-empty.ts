interface IDisposable {
  readonly isDisposed: boolean;
  dispose(): void;
}

class Panel implements IDisposable {
  isDisposed = false;
  private readonly rows: string[] = [];

  add(row: string): void {
    this.rows.push(row);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.rows.length = 0;
  }
}

export function work(): void {
  const panel = new Panel();
  panel.add("hello");
}
