import { useEffect, useState } from "react";

export function Clock() {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    console.log(timer);
  }, []);
  return <p>{now}</p>;
}
