# The original's way of storing, as a model: one asyncio loop, one shared connection (StaticPool), WAL, the driver's 30 s wait,
# a query per row with autoflush, a commit per job. Says "ready", then prints its measurements as one line of JSON.
import asyncio
import json
import sys
import time

from sqlalchemy import Column, Integer, String, create_engine, event
from sqlalchemy.orm import declarative_base, sessionmaker
from sqlalchemy.pool import StaticPool

config = json.loads(sys.argv[1])
Base = declarative_base()


class Pool(Base):
    __tablename__ = "pools"
    id = Column(String, primary_key=True)
    name = Column(String)
    base_price_usd = Column(String)
    reserve_usd = Column(String)
    observed_at_ms = Column(Integer)


class Candle(Base):
    __tablename__ = "candles"
    pool_id = Column(String, primary_key=True)
    starts_at_s = Column(Integer, primary_key=True)
    open = Column(String)
    high = Column(String)
    low = Column(String)
    close = Column(String)
    volume = Column(String)


engine = create_engine(
    "sqlite:///" + config["file"],
    poolclass=StaticPool,
    connect_args={"timeout": config["timeoutS"], "check_same_thread": False},
)


@event.listens_for(engine, "connect")
def use_wal(connection, _record):
    connection.execute("PRAGMA journal_mode=WAL")


Base.metadata.create_all(engine)
Session = sessionmaker(bind=engine)

accepted = []
accepted_at_ms = []
late = []
read_ms = []
counts = {"jobs": 0, "readErrors": 0}
every_s = config["everyMs"] / 1000
ends_s = config["endsAtMs"] / 1000
started = time.monotonic()


def store(first, slot):
    session = Session()
    try:
        for n in range(first, first + config["poolsPerCollector"]):
            pool_id = f"solana_Pool{n * 7919:040d}"
            pool = session.query(Pool).filter_by(id=pool_id).first()
            if pool is None:
                pool = Pool(id=pool_id, name=f"TOKEN{n} / SOL")
                session.add(pool)
            pool.base_price_usd = f"0.0000{(n * 31 + slot * 17) % 99991}691542742065"
            pool.reserve_usd = f"{(n * 13 + slot) % 999983}.25"
            pool.observed_at_ms = slot
            session.add(
                Candle(pool_id=pool_id, starts_at_s=60 * slot, open="1.1", high="1.25", low="1.05",
                       close=f"1.{slot % 1000}", volume=f"{slot * 3}.5")
            )
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


async def collect(collector):
    slot = 0
    while slot * every_s < ends_s:
        due = started + slot * every_s + collector * 0.02
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        counts["jobs"] += 1
        # What comes too late is not fetched at all.
        if time.monotonic() - due <= every_s:
            begun = time.monotonic()
            try:
                store(collector * config["poolsPerCollector"], slot)
                accepted.append((time.monotonic() - begun) * 1000)
                accepted_at_ms.append(time.time() * 1000)
            except Exception:
                pass
        slot += 1


async def read():
    while time.monotonic() - started < ends_s:
        begun = time.monotonic()
        session = Session()
        try:
            session.query(Pool).order_by(Pool.reserve_usd.desc()).limit(10).all()
            read_ms.append((time.monotonic() - begun) * 1000)
        except Exception:
            counts["readErrors"] += 1
        finally:
            session.close()
        await asyncio.sleep(config["readEveryMs"] / 1000)


async def beat():
    due = time.monotonic() + 0.01
    while True:
        await asyncio.sleep(0.01)
        now = time.monotonic()
        late.append(max(0.0, (now - due) * 1000))
        due = now + 0.01


async def main():
    print("ready", flush=True)
    heart = asyncio.ensure_future(beat())
    await asyncio.gather(read(), *(collect(n) for n in range(config["collectors"])))
    heart.cancel()
    engine.dispose()
    print(json.dumps({**counts, "accepted": accepted, "acceptedAtMs": accepted_at_ms, "late": late, "readMs": read_ms}))


asyncio.run(main())
